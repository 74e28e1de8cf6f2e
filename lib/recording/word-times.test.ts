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

test('measured moments are used where each word has one', () => {
  const spans = [{ from: 0, to: 1_000 }];
  expect(wordTimes('two funghi', spans, [120, 480]).map(({ at }) => at)).toEqual([120, 480]);
  expect(wordTimes('[card] please', spans, [120, 480, 700]).map(({ at }) => at)).toEqual([0, 538]);
});

test('a turn that was typed, or still goes on, has its words at its beginning', () => {
  expect(wordTimes('two funghi', [{ from: 700, to: null }]).map(({ at }) => at)).toEqual([700, 700]);
  expect(wordTimes('', [])).toEqual([]);
});
