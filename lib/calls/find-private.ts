import type { PrivateKind } from '#src/lib/teams/team-settings.ts';

/** A stretch of a text, from and to as of `slice`. */
export type PrivateSpan = { kind: PrivateKind; from: number; to: number };

const digitWord = '(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)';
const patterns: Record<PrivateKind, RegExp> = {
  // 13 to 19 digits, alone or in groups; a checksum decides.
  card: /(?<![\w.])\d(?:[ -]?\d){12,18}(?![\w-])/g,
  // Lengths are bounded and a match begins at a border: a long text must not take long. As it is written, and as it is spelled: "ada at example dot com".
  email:
    /(?<![\w.+-])[\w.+-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}|(?<![\w.+-])[\w.+-]{1,64}(?: (?:dot|underscore|dash) [\w.+-]{1,64}){0,6} at [\w-]{1,63}(?: dot [a-z\d-]{1,63}){1,8}\b/gi,
  // International, with a leading zero, with an area code, or ten to eleven digits in a row.
  phone:
    /(?<![\w.:/-])(?:\+\d(?:[ ().-]{0,2}\d){6,14}|0\d(?:[ ()./-]{0,2}\d){5,13}|(?:1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]?\d{4}|\d{3}[ .-]\d{4}|\d{10,11})(?![\w:]|-\d)/g,
};
/** Numbers as a recogniser writes them down when they are spelled. */
const spelled = new RegExp(
  `\\b(?:(?:double|triple) )?${digitWord}(?:[ ,-]+(?:(?:double|triple) )?${digitWord}){6,}\\b`,
  'gi',
);
const date = /^(?:\d{4}([./-])\d{1,2}\1\d{1,2}|\d{1,2}([./-])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d)/;
const cardDigits = 13;

/** Where these kinds are in a text, in order and without overlap. Better too much than too little: a checksum saves order numbers. */
export function findPrivate(text: string, kinds: readonly PrivateKind[]): PrivateSpan[] {
  const found = kinds.flatMap((kind) =>
    [...text.matchAll(patterns[kind])].flatMap((match) => {
      const [hit] = match;
      if (kind === 'card' && !isCard(hit.replace(/\D/g, ''))) return [];
      if (kind === 'phone' && date.test(hit)) return [];
      return [{ kind, from: match.index, to: match.index + hit.length }];
    }),
  );
  for (const match of text.matchAll(spelled)) {
    const [hit] = match;
    const kind = countDigits(hit) >= cardDigits ? 'card' : 'phone';
    if (kinds.includes(kind)) found.push({ kind, from: match.index, to: match.index + hit.length });
  }
  let end = 0;
  return found
    .sort((a, b) => a.from - b.from || b.to - a.to)
    .filter(({ from, to }) => {
      if (from < end) return false;
      end = to;
      return true;
    });
}

/** Begins like a card and passes the checksum of ISO/IEC 7812-1 (Luhn). */
export function isCard(digits: string): boolean {
  if (!/^(?:3[0-9]|4|5[0-9]|6|2[2-7])\d+$/.test(digits) || digits.length < cardDigits || digits.length > 19)
    return false;
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

function countDigits(words: string): number {
  let digits = 0;
  let times = 1;
  for (const word of words.toLowerCase().split(/[ ,-]+/)) {
    if (word === 'double' || word === 'triple') {
      times = word === 'double' ? 2 : 3;
      continue;
    }
    digits += times;
    times = 1;
  }
  return digits;
}
