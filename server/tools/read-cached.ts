import { announceRead } from '#src/server/tools/announce.ts';
import { succeed } from '#src/server/tools/conclude-call.ts';
import { readKey } from '#src/server/tools/request-key.ts';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';
import type { ReadyStep } from '#src/server/tools/tool-step.ts';

/** A step of reads: an answer that was given lately is given again (K7). */
export async function readCached(
  step: ReadyStep,
  send: (step: ReadyStep) => Promise<ToolOutcome>,
): Promise<ToolOutcome> {
  const { runtime, request, tool } = step;
  const { cacheTtlMs } = tool.policy;
  if (cacheTtlMs === 0 || !runtime.cache) return send(step);
  const key = readKey(step);
  const keep = runtime.cache.keeper(key, request.server.id, cacheTtlMs);
  const kept = await runtime.cache.find(key, request.server.id);
  if (!kept) return send({ ...step, keep });
  announceRead(step);
  return succeed(step, kept, { attempts: 1, cached: true });
}
