import { expect, test } from 'vitest';
import { judgeClaims } from '#src/lib/claims/judge-claims.ts';
import { read, write } from '#src/lib/claims/testing/labelled-case.ts';
import { readResult } from '#src/lib/rehearsal/read-result.ts';

const answers: [tool: string, given: Record<string, unknown>, answer: unknown][] = [
  ['check_inventory', { item: 'margherita' }, { item: 'margherita', left: 7 }],
  ['check_inventory', { item: 'margherita' }, { item: 'margherita', left: 1 }],
  ['check_stock', { name: 'Blue pen' }, { name: 'Blue pen', in_stock: 0 }],
  ['find_customer', { phone: '5550134' }, { name: 'Mara Conti', usual: 'margherita', orders: 14 }],
  ['price', {}, { total_eur: 19.5 }],
  ['next_date', {}, { date: '2026-05-03', time: '20:00' }],
  ['find_slots', { date: '2026-05-03' }, { slots: [] }],
  ['get_menu', {}, { dishes: ['a', 'b', 'c', 'd', 'e'] }],
  ['get_menu', {}, { dishes: [{ name: 'margherita', price_eur: 9.5 }] }],
  [
    'find_slots',
    {},
    {
      slots: [
        { time: '19:00', room: 'garden' },
        { time: '20:00', room: 'hall' },
      ],
    },
  ],
  ['list_colours', {}, ['red', 'blue']],
  ['find_customer', {}, null],
  ['find_customer', {}, {}],
  ['opening_hours', {}, { result: { opens: '18:00', closes: '23:30' } }],
];

test.each(answers)('%s %j %j read aloud by the rehearsal model is not flagged [B2]', (tool, given, answer) => {
  for (const effect of ['read', 'write'] as const) {
    const text = JSON.stringify(answer);
    const said = readResult(text, {
      effect,
      arguments: given,
      phrases: new Map(),
      safeSentence: 'I could not do that.',
    });
    const call = effect === 'read' ? read(tool, given, answer) : write(tool, given, answer);
    const turn = { id: 'a1', span: { from: 10_000, to: 14_000 }, text: said, speech: 'answer' as const, cut: null };
    const unproven = judgeClaims({ agent: [turn], tools: [call] }).filter((claim) => claim.proof === null);
    expect(unproven.map((claim) => `${claim.text} ${claim.why}`)).toEqual([]);
  }
});
