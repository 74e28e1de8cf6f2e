import { expect, test } from 'vitest';
import { readResult } from '#src/lib/rehearsal/read-result.ts';

const read = { effect: 'read' as const, arguments: {}, phrases: new Map(), safeSentence: 'I could not do that.' };
const write = { ...read, effect: 'write' as const };
const say = (value: unknown): string => readResult(JSON.stringify(value), read);

test.each([
  [{ item: 'margherita', left: 7 }, 'There are 7 margherita left.'],
  [{ item: 'margherita', left: 1 }, 'There is 1 margherita left.'],
  [{ name: 'Blue pen', in_stock: 0 }, 'There are no Blue pen in stock.'],
  [{ name: 'Mara Conti', usual: 'margherita', orders: 14 }, 'Name Mara Conti, usual margherita, 14 orders.'],
  [{ ready: true, plate: 'KL-204' }, 'Ready: yes, plate KL-204.'],
  [{ total_eur: 19.5 }, 'Total 19 euros 50.'],
  [{ date: '2026-05-03', time: '20:00' }, 'Date Sunday the 3rd of May, time 8 pm.'],
  [{ result: { temperature: 21.456, sky: 'partly_cloudy' } }, 'Temperature 21.46, sky partly cloudy.'],
  [{ id: '7f9c2ba4-e88f-4b5e-9d8d-0c6f5b1d2e3a', name: 'Chair' }, 'Name Chair.'],
  [{ id: 'x17' }, 'Id x17.'],
  [{ phone: '5550134' }, 'Phone 5 5 5 0 1 3 4.'],
  [{ slots: [] }, 'There are no slots.'],
  [{ dishes: ['a', 'b', 'c', 'd', 'e'] }, 'There are 5 dishes: a; b; c; and 2 more.'],
  [{ items: [{ name: 'Pen', price_usd: 2 }] }, 'There is 1 result: Pen, 2 dollars.'],
  [['red', 'blue'], 'There are 2 results: red and blue.'],
  [42, '42.'],
  ['open', 'Open.'],
  [null, 'I found nothing.'],
  [{}, 'I found nothing.'],
])('%j is read as "%s"', (value, said) => {
  expect(say(value)).toBe(said);
});

test('text is read as text: two or three sentences, no links, no marks', () => {
  const text =
    '## Opening hours\nWe are **open** from 18:00. See [our page](https://example.org/a?b=c) or https://x.example. Closed on Monday. Also closed at Easter.';
  expect(readResult(text, read)).toBe('Opening hours We are open from 18:00. See our page or. Closed on Monday.');
});

test('never a brace, whatever comes', () => {
  const answers = [
    '{"a":',
    '[[[[1]]]]',
    '{"a":{"b":{"c":{"d":[{"e":1}]}}}}',
    '```json\n{"a":1}\n```',
    '',
    '   ',
    '{"rows":[{"x":{"y":[1,2,3]}}]}',
    'null',
  ];
  for (const answer of answers) {
    const said = readResult(answer, read);
    expect(said).not.toMatch(/[{}[\]"]/);
    expect(said).not.toBe('');
  }
});

test('a write is done, with what is worth knowing and was not read back', () => {
  expect(
    readResult(JSON.stringify({ order_number: 'A-2047', item: 'margherita', status: 'accepted' }), {
      ...write,
      arguments: { item: 'margherita' },
    }),
  ).toBe('Done. Order number A-2047, status accepted.');
  expect(readResult('{}', write)).toBe('Done.');
});

test('a failure is the safe sentence', () => {
  expect(say({ error: { say: 'Not now, sorry.' } })).toBe('Not now, sorry.');
  expect(say({ error: { code: 500 } })).toBe('I could not do that.');
});

test('a structure with a picture beside it is read as the structure [X4]', () => {
  const context = { effect: 'read', arguments: {}, phrases: new Map(), safeSentence: 'Sorry.' } as const;
  expect(readResult('{"left":7}\n[an image, image/png]', context)).toBe(readResult('{"left":7}', context));
});
