import { expect, test } from 'vitest';
import { splitHeard } from '#src/server/agent/heard-words.ts';

const said = [
  { text: 'There are seven left.', audioMs: 1200 },
  { text: 'Shall I order one?', audioMs: 1000 },
];

test('all that was played is heard [B3]', () => {
  expect(splitHeard(said, 2200)).toEqual({ heard: 'There are seven left. Shall I order one?', unheard: '' });
});

test('nothing played, nothing heard [B3]', () => {
  expect(splitHeard(said, 0)).toEqual({ heard: '', unheard: 'There are seven left. Shall I order one?' });
});

test('a cut in the second sentence keeps the first whole and the second in part [B3]', () => {
  const { heard, unheard } = splitHeard(said, 1700);
  expect(heard).toBe('There are seven left. Shall I');
  expect(unheard).toBe('order one?');
});

test('a sentence that never became audio was not heard [B3]', () => {
  expect(splitHeard([{ text: 'Lost words.', audioMs: 0 }], 5000)).toEqual({ heard: '', unheard: 'Lost words.' });
});
