import type { CallerTurn } from '#src/lib/calls/call-item.ts';
import { asksTheSame, contentWords } from '#src/lib/flags/alike.ts';
import type { FlagRule } from '#src/lib/flags/flag.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** The caller had to ask the same thing three times. */
export const askedThrice: FlagRule = ({ view }) => {
  const asked = view.caller.filter((turn) => contentWords(turn.text).length >= 2);
  const told = new Set<CallerTurn>();
  return asked.flatMap((turn) => {
    if (told.has(turn)) return [];
    const again = asked.filter((other) => asksTheSame(turn.text, other.text));
    const third = again[2];
    if (!third) return [];
    for (const one of again) told.add(one);
    return [
      {
        code: 'asked-thrice',
        severity: 'rough',
        reason: `The caller asked the same ${again.length} times: “${visibleText(turn.text)}”.`,
        at: third.at,
        itemId: third.id,
      },
    ];
  });
};
