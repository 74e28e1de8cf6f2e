import { expect, test } from 'vitest';
import { noticeSentence } from '#src/lib/calls/notice-sentence.ts';

test.each([
  ['its message', { message: 'Your pizza is ready.' }, 'Your pizza is ready.'],
  ['its text', { text: 'The courier is  on\nthe way!' }, 'The courier is on the way!'],
  ['the event, without either', { orderId: 'ord_123' }, 'Kitchen says: order ready.'],
  ['the event, where data is no object', 'x', 'Kitchen says: order ready.'],
  ['the event, where nothing of the text can be said', { message: '🍕 123' }, 'Kitchen says: order ready.'],
  ['without markup', { message: '<b>Order</b> **ready**' }, 'Order ready'],
  [
    'without ids',
    { message: 'Order ord_9f3a21 is ready, ref 7d9f2b1c-1111-2222-3333-444455556666.' },
    'Order is ready, ref.',
  ],
  ['without addresses', { message: 'Track it at https://x.example/t?id=1 now.' }, 'Track it at now.'],
  ['numbers stay', { message: 'Table 7 is free at 19:30.' }, 'Table 7 is free at 19:30.'],
])('what is said of a notice: %s [K8]', (_, data, said) => {
  expect(noticeSentence('Kitchen', 'order.ready', data)).toBe(said);
});

test('a long notice is cut at a word [K8]', () => {
  const said = noticeSentence('Kitchen', 'x', { message: 'very '.repeat(200) });
  expect(said.length).toBeLessThanOrEqual(241);
  expect(said).toMatch(/very\.$/);
});
