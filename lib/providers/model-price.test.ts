import { expect, test } from 'vitest';
import { costOf, costWords, priceLines, readPrices } from '#src/lib/providers/model-price.ts';

test('one model a line, and back', () => {
  const { prices, problem } = readPrices('gpt-5-mini 0.25 2\n\n  llama3:8b   $0  $0.5 ');
  expect(problem).toBeNull();
  expect(prices).toEqual([
    { model: 'gpt-5-mini', input: 0.25, output: 2 },
    { model: 'llama3:8b', input: 0, output: 0.5 },
  ]);
  expect(readPrices(priceLines(prices)).prices).toEqual(prices);
});

test.each([
  ['gpt-5-mini 0.25', /Line 1 is not/],
  ['a 1 2\nb one two', /Line 2 is not/],
  ['a 1 2\na 1 3', /Line 2 gives a a second price/],
  ['a -1 2', /Line 1 is not/],
  ['a 1 200000', /Line 1 is not/],
])('%j says what to write instead', (text, problem) => {
  expect(readPrices(text)).toEqual({ prices: [], problem: expect.stringMatching(problem) });
});

test('what a turn costs', () => {
  const cost = costOf({ model: 'm', input: 0.25, output: 2 }, { input: 1_200, output: 40 });
  expect(cost).toBeCloseTo(0.00038, 10);
  expect([cost, 1.254, 0, 0.00001].map(costWords)).toEqual(['$0.00038', '$1.25', 'nothing', 'less than $0.0001']);
});
