import type { FlagRule } from '#src/lib/flags/flag.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const person =
  '(human( being)?|real (person|human)|person|someone( real)?|somebody|operator|representative|manager|supervisor|staff( member)?|colleague|(your|a) boss)';
const asks = [
  new RegExp(String.raw`\b(speak|talk|chat)(ing)? (to|with) (a |an |the |your |some )?${person}\b`, 'iu'),
  new RegExp(
    String.raw`\b(get|give|pass|put|connect|transfer)( me)?( over| through)?( on)?( to)? (a |an |the |your )?${person}\b`,
    'iu',
  ),
  /\b(i )?(want|need|like|have) (to have )?(a |an )(human( being)?|real (person|human)|person|operator|representative|manager)\b/iu,
  /^\W*(a |an )?(human|operator|representative|real person|agent)( please)?\W*$/iu,
  /\b(mit einem (menschen|mitarbeiter|kollegen)|mit jemandem? (echtem )?sprechen|parler à (quelqu'un|une personne|un humain)|hablar con (una persona|alguien|un humano)|parlare con (una persona|qualcuno|un operatore)|met een (mens|medewerker))\b/iu,
];
const notThis = /\b(not|never|don't|do not) (want|need|have) to (speak|talk)\b/iu;

/** The caller wanted to talk to a person. */
export const askedForPerson: FlagRule = ({ view }) => {
  const asked = view.caller.filter((turn) => asks.some((ask) => ask.test(turn.text)) && !notThis.test(turn.text));
  const [first] = asked;
  if (!first) return [];
  return [
    {
      code: 'asked-for-person',
      severity: 'rough',
      reason: `The caller asked for a person${asked.length > 1 ? ` ${asked.length} times` : ''}: “${visibleText(first.text)}”.`,
      at: first.at,
      itemId: first.id,
    },
  ];
};
