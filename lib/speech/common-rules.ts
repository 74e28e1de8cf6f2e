import { backchannels } from '#src/lib/speech/backchannel.ts';
import type { Grammar } from '#src/lib/speech/grammar.ts';

type Rule = Grammar['rules'][number];

/** The alternatives stand between bars; a bar inside brackets is not possible here. */
const rule = (name: string, alternatives: string): Rule => ({
  name,
  alternatives: alternatives.split('|').map((one) => one.trim()),
});

/** What people say anywhere: numbers, days, times, spelled letters, names. A grammar takes the ones it refers to. */
export const commonRules: Rule[] = [
  rule('digit', 'zero | oh | one | two | three | four | five | six | seven | eight | nine'),
  rule('unit', 'one | two | three | four | five | six | seven | eight | nine'),
  rule('teen', 'ten | eleven | twelve | thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen'),
  rule('ten', 'twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety'),
  rule('number-20', '<unit> | <teen> | twenty | a dozen | a couple of'),
  rule('number-99', '<unit> | <teen> | <ten> | <ten> <unit> | zero'),
  rule(
    'number',
    '<number-99> | <unit> hundred | <unit> hundred [and] <number-99> | <unit> thousand | <unit> thousand [and] <number-99> | <unit> thousand <unit> hundred [[and] <number-99>] | <number-99> point <digit> [<digit>]',
  ),
  rule(
    'digits',
    '<digit> <digit> [<digit> [<digit> [<digit> [<digit> [<digit> [<digit> [<digit> [<digit> [<digit> [<digit>]]]]]]]]]] | <digit-pairs>',
  ),
  rule('digit-pairs', '<number-99> <number-99> [<number-99>]'),
  rule('letter', [...'abcdefghijklmnopqrstuvwxyz'].join(' | ')),
  rule('spelled', '<letter> <letter> <letter>*'),
  rule(
    'code',
    '<digits> | <digit> | <letter> [dash] <digits> | <letter> <letter> [<letter>] [dash] <digits> | <unit> thousand [and] <number-99>',
  ),
  rule('hour', 'one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve'),
  rule('half-day', "a m | p m | o'clock | in the morning | in the afternoon | in the evening"),
  rule(
    'clock',
    'noon | midnight | <hour> | <hour> <half-day> | <hour> <minutes> | <hour> <minutes> <half-day> | half past <hour> | quarter past <hour> | quarter to <hour>',
  ),
  rule('minutes', 'fifteen | thirty | forty five'),
  rule('day-lead', 'on | this | next'),
  rule('weekday', 'monday | tuesday | wednesday | thursday | friday | saturday | sunday'),
  rule(
    'month',
    'january | february | march | april | may | june | july | august | september | october | november | december',
  ),
  rule(
    'ordinal',
    'first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | eleventh | twelfth | thirteenth | fourteenth | fifteenth | sixteenth | seventeenth | eighteenth | nineteenth | twentieth | thirtieth | twenty <first-nine> | thirty first',
  ),
  rule('first-nine', 'first | second | third | fourth | fifth | sixth | seventh | eighth | ninth'),
  rule(
    'day',
    'today | tonight | tomorrow | the day after tomorrow | [<day-lead>] <weekday> | [on] the <ordinal> [of <month>] | [on] <month> [the] <ordinal> | in <unit> days',
  ),
  rule(
    'name',
    'adam | alex | alice | amy | andrew | anna | anthony | barbara | ben | betty | brian | carol | charles | chris | clara | daniel | david | diana | donna | dorothy | edward | elena | elizabeth | emily | emma | eric | frank | george | grace | hannah | helen | henry | jack | james | jane | jason | jennifer | jessica | joe | john | jonathan | joseph | julia | karen | kate | kevin | kim | laura | linda | lisa | lucy | luke | mara | marco | margaret | maria | mark | martin | mary | michael | mike | nancy | nicole | nina | oliver | paolo | patricia | paul | peter | rachel | rebecca | richard | robert | rose | ruth | sam | sandra | sarah | simon | sofia | sophie | steve | steven | susan | thomas | tim | tom | victor | william',
  ),
  rule(
    'yes',
    'yes | yes please | yeah | yes do it | yes do that | yes go ahead | go ahead | that is right | that is correct | yes that is right | correct | sure | okay',
  ),
  rule('backchannel', backchannels.join(' | ')),
  rule('no', 'no | no thanks | no thank you | no do not | no that is wrong'),
  rule(
    'small-talk',
    'hello | hi | hello there | good morning | good afternoon | good evening | help | help me please | what can you do | what can i say | what can i ask | repeat that | repeat that please | say that again | can you repeat that | pardon | cancel | cancel that | never mind | forget it | stop | thank you | thanks | thank you very much | thank you goodbye | goodbye | bye | bye bye | that is all | that is all thank you',
  ),
  rule(
    'lead',
    "please | can you | could you | can i | could i | i want to | i would like to | i'd like to | i need to | tell me | can you tell me | let me | yes | okay",
  ),
];

/** The rules that these need, and all that those need. */
export function withCommonRules(rules: readonly Rule[]): Rule[] {
  const all = new Map(commonRules.map((one) => [one.name, one]));
  const needed = new Map<string, Rule>();
  const visit = ({ alternatives }: Rule): void => {
    for (const match of alternatives.join(' ').matchAll(/<([a-z][a-z0-9-]*)>/g)) {
      const used = all.get(match[1] ?? '');
      if (!used || needed.has(used.name)) continue;
      needed.set(used.name, used);
      visit(used);
    }
  };
  for (const one of rules) visit(one);
  return [...rules, ...needed.values()];
}
