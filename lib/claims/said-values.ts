import { readDigits, readNumber, readOrdinal } from '#src/lib/rehearsal/number-words.ts';
import { wordsOf } from '#src/lib/rehearsal/words.ts';

/** A number as it was said. `clock`: it belongs to a time of day, which may be written in another zone or half. */
export type SaidNumber = { value: number; words: string; clock: boolean };

/** The numbers of what was said, spoken or written. "One" and "a" count nothing: they stand for too much else. */
export function numbersIn(said: string): SaidNumber[] {
  const words = wordsOf(said).flatMap(({ text }) =>
    /^\d+[:.]\d+$|^[a-z]+-\d+$/.test(text) ? [text] : text.split('-'),
  );
  const found: SaidNumber[] = [];
  for (let at = 0; at < words.length; ) {
    const rest = words.slice(at);
    const number = readOne(rest);
    if (!number) {
      at += 1;
      continue;
    }
    const clock = isClock(words, at, number.length);
    // The rest of a list that was not read out stands nowhere.
    const isRest = rest[number.length] === 'more' && at + number.length + 1 === words.length;
    if (!isRest && (rest[0] !== 'one' || number.length > 1 || clock))
      for (const value of number.values) found.push({ value, words: rest.slice(0, number.length).join(' '), clock });
    at += number.length;
  }
  return found;
}

/** The references of what was said, such as `A-2047`, in lower case. */
export function referencesIn(said: string): string[] {
  return wordsOf(said)
    .map(({ text }) => text)
    .filter((text) => /^(?:[a-z]{1,5}-?\d+|\d{1,3}[a-z])$/.test(text));
}

/** Who or what it was done for: the names after "for", "under" and "with". */
export function namesIn(said: string): string[] {
  const found = said.matchAll(
    /\b(?:for|under|with|named|is called|name of) (?:Dr\.? |Mr\.? |Mrs\.? |Ms\.? )?((?:[A-Z][a-z]+)(?: [A-Z][a-z]+)*)/g,
  );
  return [...found].flatMap((match) => (match[1] ?? '').toLowerCase().split(' ')).filter((name) => !days.test(name));
}

/** A day of the week, 0 is Sunday. */
export type SaidWeekday = { day: number; words: string };

/** The days of the week that were said. */
export function weekdaysIn(said: string): SaidWeekday[] {
  return [...said.matchAll(/\b(sun|mon|tues|wednes|thurs|fri|satur)day\b/gi)].map((match) => ({
    day: ['sun', 'mon', 'tues', 'wednes', 'thurs', 'fri', 'satur'].indexOf((match[1] ?? '').toLowerCase()),
    words: match[0],
  }));
}

const days =
  /^(?:sunday|monday|tuesday|wednesday|thursday|friday|saturday|january|february|march|april|may|june|july|august|september|october|november|december)$/;

function readOne(words: readonly string[]): { values: number[]; length: number } | null {
  const [first = '', second = ''] = words;
  const written = /^(\d{1,2}):(\d{2})$/.exec(first);
  if (written)
    return { values: [Number(written[1]), Number(written[2])].filter((n, i) => i === 0 || n > 0), length: 1 };
  if (/^[a-z]+-\d+$/.test(first)) return { values: [], length: 1 };
  const half = /^(\d{1,2})(am|pm)$/.exec(first);
  if (half) return { values: [Number(half[1])], length: 1 };
  const ordinal = readOrdinal(words);
  if (ordinal && first !== 'second') return { values: [ordinal.value], length: ordinal.length };
  const digits = readDigits(words);
  if (digits && digits.length >= 3 && digits.text.length >= 4)
    return { values: [Number(digits.text)], length: digits.length };
  if ((first === 'half' || first === 'quarter') && (second === 'past' || second === 'to')) {
    const hour = readNumber(words.slice(2));
    if (hour && second === 'to') return { values: [45, hourBefore(hour.value)], length: hour.length + 2 };
    return { values: [first === 'half' ? 30 : 15], length: 1 };
  }
  const number = readNumber(words);
  if (!number) return null;
  const [next = '', hour = ''] = words.slice(number.length);
  // "Ten to eight" is 50 minutes past seven.
  if (next === 'to' && /^[a-z]+$/.test(hour) && number.value < 60 && (readNumber([hour])?.value ?? 99) <= 12)
    return { values: [60 - number.value, hourBefore(readNumber([hour])?.value ?? 1)], length: number.length + 2 };
  return { values: [number.value], length: number.length };
}

function hourBefore(hour: number): number {
  return (hour + 11) % 12 || 12;
}

function isClock(words: readonly string[], at: number, length: number): boolean {
  const before = words[at - 1] ?? '';
  const after = words[at + length] ?? '';
  return /^(?:at|by|until|till|past|to|around|from)$/.test(before) &&
    !/^(?:euros?|dollars?|pounds?|people|persons?)$/.test(after)
    ? true
    : /^(?:am|pm|o'clock)$/.test(after) || /:|[ap]m$/.test(words[at] ?? '') || words[at + 1] === 'past';
}
