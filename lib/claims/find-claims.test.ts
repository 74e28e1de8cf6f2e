import { expect, test } from 'vitest';
import { findClaims } from '#src/lib/claims/find-claims.ts';

test.each([
  'It is a pleasure.',
  'Your call is important to us.',
  "That's a good question.",
  'The name is Mara, is that right?',
  'There is no need to worry.',
  'You are right.',
  "I'm placing the order now.",
  'Your order has not been placed.',
  'Your table will be booked once you confirm.',
  'Unfortunately I was not able to book it.',
  'I would have booked it.',
  'Nothing has been charged.',
  'You can pick it up at eight.',
  'Shall I send you a text?',
  "I've repeated it twice.",
  "Sorry, you've been kept waiting.",
  '',
])('"%s" claims nothing [B2]', (said) => {
  expect(findClaims(said)).toEqual([]);
});

test.each([
  ['Both pizzas have been ordered and a text has been sent.', ['order', 'send']],
  ["You've been refunded.", ['pay']],
  ['Your order, two margheritas, has been placed.', ['order']],
  ['I was able to book the table.', ['book']],
  ["That's all sorted.", ['any']],
  ["I've checked, and the truffle is sold out.", ['find', null]],
  ['You have no open orders.', [null]],
  ['According to the system, your invoice is unpaid.', [null]],
] as const)('"%s" claims %j [B2]', (said, actions) => {
  expect(findClaims(said).map((claim) => claim.action)).toEqual(actions);
});

test('a claim knows where it stands in what was said [B2]', () => {
  const said = 'Good. I booked it, number 7731. I’ve also sent you a text. Anything else?';
  const claims = findClaims(said);
  expect(claims.map((claim) => said.slice(claim.from, claim.to))).toEqual(claims.map((claim) => claim.text));
  expect(claims.map((claim) => claim.text)).toEqual(['I booked it, number 7731.', 'I’ve also sent you a text.']);
});

test('long and hostile texts are read in time [B2]', () => {
  // Time of the processor: others may use the machine as well.
  const before = process.threadCpuUsage();
  for (const text of [
    'a '.repeat(5000),
    'I have, and '.repeat(2000),
    '. '.repeat(5000),
    "your x's ".repeat(3000),
    'the '.repeat(5000),
  ])
    findClaims(text);
  expect(process.threadCpuUsage(before).user / 1000).toBeLessThan(2000);
});
