import type { AgentTurn } from '#src/lib/calls/call-item.ts';
import { alike } from '#src/lib/flags/alike.ts';
import type { FlagRule } from '#src/lib/flags/flag.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** The agent says nearly the same. */
const same = 0.8;
const rounds = 3;

/** The agent said the same three times, one after the other or in turns with one more sentence: the call goes round. */
export const loop: FlagRule = ({ view }) => {
  // A filler is meant to be said again, and a prompt is only asked in silence.
  const said = view.agent.filter((turn) => turn.speech === 'answer' || turn.speech === 'apology');
  for (const [index, turn] of said.entries()) {
    const round = rounded(said.slice(index), turn);
    const last = round[rounds - 1];
    if (!last) continue;
    return [
      {
        code: 'loop',
        severity: 'broken',
        reason: `The agent said the same ${round.length} times: “${visibleText(textOf(turn))}”.`,
        at: last.at,
        itemId: last.id,
      },
    ];
  }
  return [];
};

/** The turns that say the same as `first`, as long as no more than one other lies between them. */
function rounded(said: readonly AgentTurn[], first: AgentTurn): AgentTurn[] {
  const round: AgentTurn[] = [];
  let between = 0;
  for (const turn of said) {
    if (alike(textOf(turn), textOf(first)) >= same) {
      round.push(turn);
      between = 0;
    } else if (++between > 1) break;
  }
  return round;
}

const textOf = (turn: AgentTurn): string => turn.cut?.heard ?? turn.text;
