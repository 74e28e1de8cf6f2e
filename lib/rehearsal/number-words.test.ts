import { expect, test } from 'vitest';
import { readDigits, readNumber, readOrdinal } from '#src/lib/rehearsal/number-words.ts';
import { numberInWords, spokenForms } from '#src/lib/speech/spoken-form.ts';

const words = (text: string): string[] => text.split(' ');

test.each([
  ['seven', 7],
  ['21', 21],
  ['twenty one people', 21],
  ['two hundred and five', 205],
  ['nine thousand nine hundred ninety nine', 9_999],
  ['a hundred', 100],
  ['three point five', 3.5],
  ['three and a half', 3.5],
  ['3,5', 3.5],
  ['a dozen', 12],
  ['a couple of', 2],
])('%s is %d', (text, value) => {
  expect(readNumber(words(text))?.value).toBe(value);
});

test.each(['a table', 'pizza', 'oh well', ''])('%j is no number', (text) => {
  expect(readNumber(words(text))).toBeNull();
});

test.each([
  ['five five five oh one three four', '5550134'],
  ['twenty forty seven', '2047'],
  ['two zero four seven', '2047'],
  ['double two one', '221'],
  ['two thousand forty seven', '2047'],
  ['2047', '2047'],
])('%s are the digits %s', (text, digits) => {
  expect(readDigits(words(text))?.text).toBe(digits);
});

test('ordinals are read in words and as written', () => {
  expect(
    [readOrdinal(['third']), readOrdinal(['twenty', 'first']), readOrdinal(['31st'])].map((read) => read?.value),
  ).toEqual([3, 21, 31]);
});

test('every number up to 9,999 that is put into words is read back as itself', () => {
  for (let value = 0; value < 10_000; value++) expect(readNumber(words(numberInWords(value)))?.value).toBe(value);
});

test('texts with digits have the words that people say for them', () => {
  expect(spokenForms('A-2047')).toEqual([
    'a two thousand forty seven',
    'a two zero four seven',
    'a twenty forty seven',
  ]);
  expect(spokenForms('at 20:30')).toEqual(['at eight thirty p m']);
  expect(spokenForms('Tiramisù & café')).toEqual(['tiramisu and cafe']);
  expect(spokenForms('…')).toEqual([]);
});
