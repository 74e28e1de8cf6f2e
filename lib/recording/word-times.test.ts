import { expect, test } from 'vitest';
import { wordTimes } from '#src/lib/recording/word-times.ts';

test('words lie in the stretches of a turn by their length, none in a pause', () => {
  const words = wordTimes('two funghi please now', [
    { from: 1_000, to: 2_000 },
    { from: 5_000, to: 6_000 },
  ]);
  expect(words.map(({ from, to }) => [from, to])).toEqual([
    [0, 3],
    [4, 10],
    [11, 17],
    [18, 21],
  ]);
  expect(words.map(({ at }) => at)).toEqual([1_000, 1_381, 5_048, 5_714]);
});

test('a turn that was typed, or still goes on, has its words at its beginning', () => {
  expect(wordTimes('two funghi', [{ from: 700, to: null }]).map(({ at }) => at)).toEqual([700, 700]);
  expect(wordTimes('', [])).toEqual([]);
});
