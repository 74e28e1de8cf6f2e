import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';

/** What a guest is told in its own words; all else is the house's business. */
const told: ReadonlySet<string> = new Set([
  'link-unknown',
  'link-over',
  'link-used-up',
  'line-busy',
  'agent-away',
  'invalid-input',
]);

/** Runs the work of an action that anyone with a link may ask for. */
export async function guestAction<T>(work: () => Promise<T>): Promise<ActionResult<T>> {
  const result = await runAction(work);
  if (result.ok) return result;
  const { code, message, hint } = result.problem;
  if (told.has(code)) return { ok: false, problem: { code, message, hint } };
  // A call of someone else does not exist for a guest, and one that is over has no more to show.
  if (code === 'call-over' || code === 'not-found')
    return { ok: false, problem: { code: 'call-over', message: 'This call is over.' } };
  return {
    ok: false,
    problem: { code: 'line-dead', message: 'The line does not answer.', hint: 'Try again in a minute.' },
  };
}
