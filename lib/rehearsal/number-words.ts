const ones = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const teens = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const small = new Map<string, number>([
  ...ones.map((word, i): [string, number] => [word, i]),
  ...teens.map((word, i): [string, number] => [word, i + 10]),
  ...tens.flatMap((word, i): [string, number][] => (word ? [[word, i * 10]] : [])),
  ['oh', 0],
]);

export type ReadNumber = { value: number /** Words used. */; length: number };

/**
 * Reads a number at the beginning of some words: `7`, `seven`, `twenty one`, `two hundred and five`, `three point five`,
 * `a dozen`. Null when there is none.
 */
export function readNumber(words: readonly string[]): ReadNumber | null {
  const first = words[0];
  if (first === undefined || first === 'oh') return null;
  if (/^\d+(?:[.,]\d+)?$/.test(first)) return { value: Number(first.replace(',', '.')), length: 1 };
  if (first === 'a' && words[1] === 'dozen') return { value: 12, length: 2 };
  if (first === 'a' && words[1] === 'couple') return { value: 2, length: words[2] === 'of' ? 3 : 2 };
  const whole = readWhole(words);
  if (!whole) return null;
  if (words.slice(whole.length, whole.length + 3).join(' ') === 'and a half')
    return { value: whole.value + 0.5, length: whole.length + 3 };
  if (words[whole.length] !== 'point') return whole;
  const digits = readDigits(words.slice(whole.length + 1));
  if (!digits) return whole;
  return { value: Number(`${whole.value}.${digits.text}`), length: whole.length + 1 + digits.length };
}

/**
 * Reads digits as one says a phone number or a code: `five five oh one`, `twenty forty seven`, `double two`, `2047`.
 * Null when there are none.
 */
export function readDigits(words: readonly string[]): { text: string; length: number } | null {
  let text = '';
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    const repeat = word === 'double' ? 2 : word === 'triple' ? 3 : 1;
    if (repeat > 1) {
      const digit = small.get(words[at + 1] ?? '');
      if (digit === undefined || digit > 9) break;
      text += String(digit).repeat(repeat);
      at += 2;
    } else if (/^\d+$/.test(word)) {
      text += word;
      at += 1;
    } else if (word === 'oh' || ones.includes(word)) {
      text += small.get(word) ?? '';
      at += 1;
      if (words[at] === 'hundred' || words[at] === 'thousand') {
        const whole = readWhole(words.slice(at - 1));
        if (!whole) break;
        text = text.slice(0, -1) + whole.value;
        at += whole.length - 1;
      }
    } else {
      const pair = readTens(words.slice(at));
      if (!pair) break;
      text += pair.value;
      at += pair.length;
    }
  }
  return at > 0 ? { text, length: at } : null;
}

/** Reads `first` to `thirty first`, `1st` to `31st`. */
export function readOrdinal(words: readonly string[]): ReadNumber | null {
  const first = words[0] ?? '';
  const written = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(first);
  if (written) return { value: Number(written[1]), length: 1 };
  const single = ordinals.get(first);
  if (single !== undefined) return { value: single, length: 1 };
  const ten = tens.indexOf(first);
  const one = ordinals.get(words[1] ?? '');
  return ten >= 2 && one !== undefined && one < 10 ? { value: ten * 10 + one, length: 2 } : null;
}

const ordinals = new Map(
  (
    'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth ' +
    'sixteenth seventeenth eighteenth nineteenth twentieth'
  )
    .split(' ')
    .map((word, i): [string, number] => [word, i + 1])
    .concat([['thirtieth', 30]]),
);

function readWhole(words: readonly string[]): ReadNumber | null {
  let total = 0;
  let part = readTens(words);
  let at = 0;
  if (!part && words[0] === 'a' && /^(?:hundred|thousand)$/.test(words[1] ?? '')) part = { value: 1, length: 1 };
  while (part) {
    at += part.length;
    let value = part.value;
    if (words[at] === 'hundred') {
      value *= 100;
      at += 1;
      const rest = readTens(words.slice(words[at] === 'and' ? at + 1 : at));
      if (rest) {
        at += rest.length + (words[at] === 'and' ? 1 : 0);
        value += rest.value;
      }
    }
    if (words[at] !== 'thousand') return { value: total + value, length: at };
    total += value * 1_000;
    at += 1;
    part = readTens(words.slice(words[at] === 'and' ? at + 1 : at));
    if (!part) return { value: total, length: at };
    if (words[at] === 'and') at += 1;
  }
  return null;
}

function readTens(words: readonly string[]): ReadNumber | null {
  const value = words[0] === 'oh' ? undefined : small.get(words[0] ?? '');
  if (value === undefined) return null;
  const one = small.get(words[1] ?? '');
  if (value >= 20 && one !== undefined && one > 0 && one < 10 && words[1] !== 'oh')
    return { value: value + one, length: 2 };
  return { value, length: 1 };
}
