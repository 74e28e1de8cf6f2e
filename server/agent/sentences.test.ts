import { expect, test } from 'vitest';
import { sentences } from '#src/server/agent/sentences.ts';

async function cut(...pieces: string[]): Promise<string[]> {
  async function* stream() {
    yield* pieces;
  }
  return Array.fromAsync(sentences(stream()));
}

test('a sentence is given as soon as the next one begins', async () => {
  expect(await cut('There are ', 'seven left. Shall', ' I order one?')).toEqual([
    'There are seven left.',
    'Shall I order one?',
  ]);
});

test('prices, titles and initials are not cut', async () => {
  expect(await cut('It is 12.50 euros. Dr. No and J. Bond come at eight.')).toEqual([
    'It is 12.50 euros.',
    'Dr. No and J. Bond come at eight.',
  ]);
});

test('text without an end is spoken whole, silence not at all', async () => {
  expect(await cut('one moment')).toEqual(['one moment']);
  expect(await cut('  ', '\n')).toEqual([]);
});
