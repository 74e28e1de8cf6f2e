import type { FlagRule } from '#src/lib/flags/flag.ts';
import { clockTime } from '#src/lib/time-words.ts';

/** Who hangs up at once did not wait for an answer. */
const patienceMs = 2_000;

/** The caller said something, and heard nothing of the agent before they spoke again or the call was over. */
export const noAnswer: FlagRule = ({ view }) =>
  view.caller.flatMap((turn, index) => {
    const from = Math.max(turn.at, ...turn.spans.map((span) => span.to ?? span.from));
    const next = view.caller[index + 1];
    const until = next?.at ?? view.ending?.at;
    if (until === undefined || until - from < patienceMs) return [];
    const answered = view.agent.some(
      (said) => said.at >= turn.at && said.at <= until && (said.cut === null || said.cut.heard !== ''),
    );
    if (answered) return [];
    return [
      {
        code: 'no-answer',
        severity: 'broken',
        reason: next
          ? `The caller got no answer and spoke again at ${clockTime(until)}.`
          : 'The caller got no answer before the call was over.',
        at: turn.at,
        itemId: turn.id,
      },
    ];
  });
