import type { AgentTurn } from '#src/lib/calls/call-item.ts';
import type { FlagRule } from '#src/lib/flags/flag.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** Words that offer another way: a colleague, a call back, another try, something else. */
const offers =
  /\b(colleague|call(ed)? (you )?back|someone|somebody|transfer|put you through|instead|another|try (that |it )?again|later|alternatively|e-?mail|website|would you like|shall i|do you want|can i|could you)\b|\b(kolleg|zurückruf|rückruf|stattdessen|später|noch einmal|collègue|rappel|plus tard|colega|llamar|collega|richiam)/iu;

/** A tool failed for good, the same was not done another way, and the caller was offered nothing. */
export const leftWithoutHelp: FlagRule = ({ view }) =>
  view.tools.flatMap((call) => {
    if (call.state !== 'failed') return [];
    const failedAt = Math.max(call.at, ...call.parts.map((part) => part.to ?? part.from));
    const mended = view.tools.some(
      (later) => later.at >= call.at && later !== call && later.tool === call.tool && later.state === 'succeeded',
    );
    if (mended || heardAfter(view.agent, failedAt).some((said) => offers.test(said))) return [];
    return [
      {
        code: 'left-without-help',
        severity: 'broken',
        reason: `${visibleText(call.tool)} failed, and the caller was offered nothing instead.`,
        at: failedAt,
        itemId: call.id,
      },
    ];
  });

/** What the caller heard of the agent after a moment. */
function heardAfter(agent: readonly AgentTurn[], at: number): string[] {
  return agent.filter((turn) => (turn.span.to ?? turn.at) >= at).map((turn) => turn.cut?.heard ?? turn.text);
}
