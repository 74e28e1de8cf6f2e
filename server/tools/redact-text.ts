import type { Redaction } from '#src/lib/mcp/output-filter.ts';

/** Takes card numbers, e-mail addresses or phone numbers out of a text. What stood there is named in brackets. */
export function redactText(text: string, kinds: readonly Redaction[]): string {
  // A card number looks like a phone number too: it is named first.
  let left = text;
  if (kinds.includes('card')) left = left.replace(digitRun, redactCards);
  if (kinds.includes('email')) left = left.replace(emailAddress, '[e-mail address]');
  if (kinds.includes('phone')) left = left.replace(phoneNumber, '[phone number]');
  return left;
}

const digitRun = /\d(?:[ \u00a0-]?\d){12,}/g;
/** Begins only where a word does: a long text without one is read once. */
const emailAddress = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu;
/**
 * With a country code, with a leading 0, or in groups as they are written in North America. Bare digits without any of these may be
 * an order number or a time, and stay.
 */
const phoneNumber =
  /(?<![\p{L}\p{N}.])(?:(?:\+|00)[1-9]\d{0,2}(?:[ ./-]?\(?\d{1,5}\)?){2,6}|0\d(?:[ ./-]?\d){6,11}|(?:1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4})(?![\p{L}\p{N}])/gu;

const shortestCard = 13;
const longestCard = 19;

/** ISO/IEC 7812: 13 to 19 digits whose last one is a check digit. A card may stand among other groups of digits. */
function redactCards(run: string): string {
  const groups = [...run.matchAll(/\d+/g)].map(({ 0: digits, index }) => ({ digits, from: index }));
  let redacted = '';
  let done = 0;
  for (let first = 0; first < groups.length; first++) {
    const card = cardFrom(groups, first);
    if (!card) continue;
    redacted += `${run.slice(done, groups[first]?.from)}[card number]`;
    done = card.to;
    first = card.last;
  }
  return redacted + run.slice(done);
}

/** The longest card number that begins with this group of digits and ends with one. */
function cardFrom(groups: { digits: string; from: number }[], first: number): { last: number; to: number } | null {
  let digits = '';
  let found: { last: number; to: number } | null = null;
  for (let last = first; last < groups.length; last++) {
    const group = groups[last];
    if (!group) break;
    digits += group.digits;
    if (digits.length > longestCard) break;
    if (digits.length >= shortestCard && passesLuhn(digits)) found = { last, to: group.from + group.digits.length };
  }
  return found;
}

/** Luhn's check: from the right every second digit counts double, its own digits added; the sum ends in 0. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum > 0 && sum % 10 === 0;
}
