import { isAppError } from '#src/lib/app-error.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { ToolRuntime } from '#src/server/tools/tool-runtime.ts';

export type TakenSlot = { ok: true; giveBack: () => void } | { ok: false; code: string; message: string };

/** A step before anything is sent: may the server be asked now, within the limits that the operator set (K6)? */
export async function takeSlot(runtime: ToolRuntime, server: FrozenServer): Promise<TakenSlot> {
  try {
    return { ok: true, giveBack: (await runtime.takeSlot?.(server)) ?? (() => {}) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
