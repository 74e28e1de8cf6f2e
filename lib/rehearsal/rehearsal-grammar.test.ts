import { expect, test } from 'vitest';
import { dialogueState } from '#src/lib/rehearsal/dialogue.ts';
import { rehearsalGrammarOf } from '#src/lib/rehearsal/rehearsal-grammar.ts';
import { sayable } from '#src/lib/rehearsal/sayable.ts';
import { type TalkOptions, talk } from '#src/lib/rehearsal/testing/talk.ts';
import { type Automaton, compileGrammar } from '#src/lib/speech/automaton.ts';
import { spokenForms } from '#src/lib/speech/spoken-form.ts';
import { restaurant, workshop } from '#src/server/speech/testing/fixture-tools.ts';

const answers = { place_order: { order_number: 'A-2047' }, find_customer: { name: 'Ines Costa' } };

function after(options: TalkOptions, said: readonly string[], extra: readonly string[] = []) {
  const call = talk({ answers, ...options });
  for (const line of said) call.say(line);
  const state = dialogueState(call.setup, call.history);
  return {
    automaton: compileGrammar(rehearsalGrammarOf(call.setup, state, extra)),
    sayable: sayable(call.setup, state),
  };
}

function accepts({ states }: Automaton, sentence: string): boolean {
  let at = states[0];
  for (const word of sentence.split(' ')) {
    const next = at?.next.get(word);
    at = next === undefined ? undefined : states[next];
  }
  return at?.final ?? false;
}

const moments: [string, TalkOptions, string[]][] = [
  ['at the beginning', restaurant, []],
  ['asked for a choice', restaurant, ['check what is left']],
  ['asked for a day', restaurant, ['book a table']],
  ['asked for a time', restaurant, ['book a table', 'tomorrow']],
  ['asked for a number', restaurant, ['book a table', 'tomorrow', 'at eight']],
  ['asked for a name', restaurant, ['two margheritas please']],
  ['before a write', restaurant, ['two margheritas for Mara please']],
  ['asked for a code', restaurant, ['cancel an order']],
  ['after a write', restaurant, ['two margheritas for Mara please', 'yes']],
  ['in the workshop', workshop, []],
  ['asked for a moment', workshop, ['schedule an inspection']],
  ['asked for yes or no', workshop, ['schedule an inspection', 'tomorrow at nine', 'KL-204']],
  ['asked for another row', workshop, ['write an invoice', 'welding', 'two']],
  ['without tools', { tools: [] }, []],
];

test.each(moments)('%s: all that the page offers is in the grammar [B1]', (_, options, said) => {
  const now = after(options, said);
  expect(now.sayable.phrases.length).toBeGreaterThan(0);
  expect(now.sayable.phrases.length).toBeLessThanOrEqual(12);
  const unheard = now.sayable.phrases.filter(
    (phrase) => !spokenForms(phrase).some((form) => accepts(now.automaton, form)),
  );
  expect(unheard).toEqual([]);
});

test.each([
  'how many diavola are left',
  'is there any lasagna left',
  'i would like three lasagnas',
  'book a table for six people on friday at nine',
  "please book a table tomorrow at eight o'clock for two people",
  'find a free table',
  'what is on the menu',
  'cancel order a two zero four seven',
  'thank you goodbye',
])('"%s" can be said at any time', (sentence) => {
  for (const said of [[], ['book a table'], ['two margheritas for Mara please']])
    expect(accepts(after(restaurant, said).automaton, sentence)).toBe(true);
});

test('answers and corrections are heard when they make sense', () => {
  const asked = after(restaurant, ['two margheritas please']).automaton;
  const confirming = after(restaurant, ['two margheritas for Mara please']).automaton;
  const idle = after(restaurant, []).automaton;
  for (const sentence of ['it is for maria', 'm a r a', 'peter'])
    expect([accepts(asked, sentence), accepts(idle, sentence)]).toEqual([true, false]);
  for (const sentence of ['yes but make it three', 'no make it two', 'actually lasagna'])
    expect([accepts(confirming, sentence), accepts(idle, sentence)]).toEqual([true, false]);
});

test('sentences that a caller is known to say are heard word for word', () => {
  expect(
    accepts(
      after(restaurant, [], ['Do you deliver to the 3rd floor?']).automaton,
      'do you deliver to the three rd floor',
    ),
  ).toBe(true);
});

test('tools with strange names and schemas do not break the grammar', () => {
  const schemas = [
    {},
    {
      type: 'object',
      properties: { '': {}, ключ: { type: 'string' }, '<b>': { enum: ['<', '[x', 'a|b'] } },
      required: ['', 'ключ', '<b>'],
    },
    { $ref: '#/x' },
    { anyOf: [] },
  ];
  const tools = schemas.map((inputSchema, i) => ({
    key: `t${i}`,
    effect: 'write' as const,
    definition: { name: ['[oops', '工具', '<a>|b', 'x'.repeat(300)][i] ?? '', inputSchema },
  }));
  const call = talk({ tools, phrases: ['(what | ever) <now>', '…'] });
  for (const said of ['x', '<a> b', 'oops', 'yes']) expect(call.say(said)).not.toBe('');
  expect(
    compileGrammar(rehearsalGrammarOf(call.setup, dialogueState(call.setup, call.history))).states.length,
  ).toBeGreaterThan(1);
});

test('fifty tools with many choices compile in bounded time', () => {
  const tools = Array.from({ length: 50 }, (_, i) => ({
    key: `tool${i}`,
    effect: 'read' as const,
    definition: {
      name: `lookup_thing_${i}`,
      inputSchema: {
        type: 'object',
        properties: {
          a: { enum: Array.from({ length: 60 }, (_, n) => `value ${n}`) },
          when: { type: 'string', format: 'date' },
          many: { type: 'integer' },
        },
      },
    },
  }));
  const call = talk({ tools });
  const started = performance.now();
  const { states } = compileGrammar(rehearsalGrammarOf(call.setup, dialogueState(call.setup, [])));
  expect(states.length).toBeLessThan(20_000);
  expect(performance.now() - started).toBeLessThan(10_000);
});
