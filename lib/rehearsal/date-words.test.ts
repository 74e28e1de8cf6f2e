import { expect, test } from 'vitest';
import { likelyTime, readDay, readTime, sayDay, sayTime } from '#src/lib/rehearsal/date-words.ts';

/** A Friday. */
const now = new Date(2026, 4, 1, 18);

test.each([
  ['today', '2026-05-01'],
  ['tomorrow at eight', '2026-05-02'],
  ['the day after tomorrow', '2026-05-03'],
  ['monday', '2026-05-04'],
  ['on friday', '2026-05-08'],
  ['next sunday', '2026-05-03'],
  ['the third of may', '2026-05-03'],
  ['may 3rd', '2026-05-03'],
  ['on the twenty first', '2026-05-21'],
  ['january the second', '2027-01-02'],
  ['in three days', '2026-05-04'],
  ['2026-12-24', '2026-12-24'],
])('%s is %s', (text, day) => {
  expect(readDay(text.split(' '), now)?.day).toBe(day);
});

test.each(['eight', 'the menu', 'may i have', ''])('%j is no day', (text) => {
  expect(readDay(text.split(' '), now)).toBeNull();
});

test.each([
  ['at 20:00', '20:00'],
  ['eight pm', '20:00'],
  ['eight p m', '20:00'],
  ['eight in the evening', '20:00'],
  ['twelve am', '00:00'],
  ['half past seven', '07:30'],
  ['quarter to nine', '08:45'],
  ['seven forty five', '07:45'],
  ["three o'clock", '15:00'],
  ['noon', '12:00'],
  ['7pm', '19:00'],
])('%s is %s', (text, time) => {
  const read = readTime(text.split(' '));
  expect(read && likelyTime(read)).toBe(time);
});

test('days and times are said as people say them', () => {
  expect(sayDay('2026-05-03')).toBe('Sunday the 3rd of May');
  expect(sayDay('2026-05-11')).toBe('Monday the 11th of May');
  expect([sayTime('20:00'), sayTime('00:15'), sayTime('12:00')]).toEqual(['8 pm', '12:15 am', '12 pm']);
});
