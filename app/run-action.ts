import { unstable_rethrow } from 'next/navigation';
import { ZodError } from 'zod';
import type { ActionResult } from '#src/lib/action-result.ts';
import { isAppError } from '#src/lib/app-error.ts';
import { log } from '#src/server/log.ts';

/** Runs the work of a server action; what fails comes back in words, because a thrown error loses them on the way. */
export async function runAction<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    unstable_rethrow(error);
    if (isAppError(error)) {
      return { ok: false, problem: { code: error.code, message: error.message, hint: error.hint, raw: error.raw } };
    }
    if (error instanceof ZodError) {
      return {
        ok: false,
        problem: { code: 'invalid-input', message: error.issues[0]?.message ?? 'This is not valid.' },
      };
    }
    log('web').error({ code: error instanceof Error ? error.name : 'unknown' }, 'action failed');
    const hint = 'Try again in a moment; the log has more.';
    return { ok: false, problem: { code: 'internal', message: 'Something went wrong inside Patchbay.', hint } };
  }
}
