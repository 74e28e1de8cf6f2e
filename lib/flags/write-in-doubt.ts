import type { FlagRule } from '#src/lib/flags/flag.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Something was sent that changes something, and nobody knows whether it did. */
export const writeInDoubt: FlagRule = ({ view }) =>
  view.tools
    .filter((call) => call.effect === 'write' && isInDoubt(call.state, view.ending !== null))
    .map((call) => ({
      code: 'write-in-doubt',
      severity: 'broken',
      reason: `Nobody knows whether ${visibleText(call.tool)} was done. It was sent, and no answer came.`,
      at: call.at,
      itemId: call.id,
    }));

/** What still ran when the call was over has no answer either. */
function isInDoubt(state: string, over: boolean): boolean {
  return state === 'in-doubt' || (over && state === 'running');
}
