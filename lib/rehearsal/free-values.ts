import { readDigits } from '#src/lib/rehearsal/number-words.ts';
import { fits } from '#src/lib/rehearsal/time-values.ts';
import { isFiller, type Word } from '#src/lib/rehearsal/words.ts';

type Placed = Word & { at: number };
type ReadValue = { value: string; at: number; length: number };

/**
 * Reads a code at the beginning of some words: `a twenty forty seven`, `A-2047`, `five five five oh one`. `certain`: it fits
 * the server's pattern, or has at least three digits.
 */
export function readCode(
  texts: readonly string[],
  kind: { pattern: string | null; example: string | null; digitsOnly: boolean },
): { value: string; length: number; certain: boolean } | null {
  const parts: string[] = [];
  let at = 0;
  while (at < texts.length && parts.join('').length < 40) {
    const text = texts[at] ?? '';
    const digits = readDigits(texts.slice(at));
    if (digits) {
      parts.push(digits.text);
      at += digits.length;
    } else if (/^[a-z]$/.test(text) || /\d/.test(text)) {
      parts.push(text);
      at += 1;
    } else if ((text === 'dash' || text === 'hyphen') && at > 0) {
      parts.push('-');
      at += 1;
    } else break;
  }
  const joined = parts.join('');
  // "a" before a word is an article; a lone letter is no code.
  if (!/\d/.test(joined)) return null;
  const value = shapesOf(joined, kind).find((shape) => fits(shape, kind.pattern));
  if (value === undefined) return null;
  const digits = value.replace(/\D/g, '').length;
  return { value, length: at, certain: (kind.pattern !== null && digits >= 3) || digits >= 3 };
}

function shapesOf(joined: string, kind: { example: string | null; digitsOnly: boolean }): string[] {
  const plain = joined.replace(/[^a-z0-9]/gi, '');
  if (kind.digitsOnly) return [plain.replace(/\D/g, ''), joined];
  const dashed = plain.replace(/([a-z])(\d)/gi, '$1-$2');
  const prefix = /^\D+/.exec(kind.example ?? '')?.[0] ?? '';
  const digits = plain.replace(/^\D+/, '');
  const all = [joined, joined.toUpperCase(), dashed.toUpperCase(), plain.toUpperCase(), dashed, plain, prefix + digits];
  // Without a pattern the example shows the shape.
  if (prefix && prefix.toLowerCase().replace(/[^a-z]/g, '') === plain.replace(/\d.*$/, '').toLowerCase())
    return [prefix + digits, ...all];
  return all;
}

/** Reads a person's name: spelled, after `my name is`, `for` or `under`, or, when it was asked for, all that is left. */
export function readName(free: readonly Placed[], isAsked: boolean): ReadValue | null {
  for (const [i, word] of free.entries()) {
    if (!isNameLead(free, i)) continue;
    const name = nameFrom(free.slice(i + 1));
    if (name && (name.at === word.at + 1 || isAsked)) return name;
  }
  return isAsked ? nameFrom(free.filter((word) => !/^(?:name|under|call|put|book|order)$/.test(word.text))) : null;
}

/** `my name is`, `it is`, `called`, `for`, `under`, `in the name of`. */
function isNameLead(free: readonly Placed[], i: number): boolean {
  const text = free[i]?.text ?? '';
  const before = free[i - 1]?.text ?? '';
  if (text === 'is') return /^(?:name|it|this|that)$/.test(before);
  if (text === 'of') return before === 'name';
  return /^(?:called|named|name's|for|under|on)$/.test(text);
}

function nameFrom(words: readonly Placed[]): ReadValue | null {
  const start = words.findIndex((word) => !isFiller(word) || /^[a-z]$/.test(word.text));
  const run = contiguous(words.slice(Math.max(0, start)));
  const end = run.findIndex((word) => isFiller(word) && !/^[a-z]$/.test(word.text));
  const name = end < 0 ? run : run.slice(0, end);
  const spelled = isSpelled(name);
  const kept = name.slice(0, spelled ? 20 : 3);
  const [first] = kept;
  if (start < 0 || !first || /\d/.test(first.text)) return null;
  const value = spelled
    ? capital(kept.map((word) => word.text).join(''))
    : kept.map((word) => capital(word.raw)).join(' ');
  return { value, at: first.at, length: (kept.at(-1)?.at ?? first.at) - first.at + 1 };
}

/** Reads free text: all of the answer when it was asked for, else what follows the parameter's name, else what is left. */
export function readText(
  free: readonly Placed[],
  wanted: { isAsked: boolean; label: string; mayTakeRest: boolean; isToolWord: (word: Word) => boolean },
): ReadValue | null {
  if (wanted.isAsked) {
    const answer = trimFillers(free);
    const value =
      isSpelled(answer) && answer.length > 1
        ? answer.map((word) => word.text).join('')
        : answer.map((word) => word.raw).join(' ');
    return placed(value, answer);
  }
  const label = wanted.label.split(' ');
  const named = free.findIndex(({ text }) => label.includes(text) && !['name', 'item', 'text'].includes(text));
  if (named >= 0 && named < free.length - 1 && !wanted.mayTakeRest) {
    const rest = trimFillers(free.slice(named + 1));
    return placed(rest.map((word) => word.raw).join(' '), rest);
  }
  if (!wanted.mayTakeRest) return null;
  const content = contiguous(
    free.filter((word) => !isFiller(word) && !wanted.isToolWord(word) && !/^\d+$/.test(word.text)),
  );
  const kept = content.length > 1 && isCategory(content.at(-1)) ? content.slice(0, -1) : content;
  return placed(kept.map((word) => word.raw).join(' '), kept);
}

/** `pizzas` in `margherita pizzas`: says of what kind the thing is, and is no part of its name. */
function isCategory(word: Word | undefined): boolean {
  return word !== undefined && categories.has(word.stem);
}

const categories = new Set(
  (
    'pizza pasta drink dish meal portion slice bottle glass cup box pack packet piece item product article ticket room seat unit copy bag pair part set ' +
    'model version size kind type sort order account package file record entry'
  ).split(' '),
);

function placed(value: string, words: readonly Placed[]): ReadValue | null {
  const [first] = words;
  return first && value ? { value, at: first.at, length: (words.at(-1)?.at ?? first.at) - first.at + 1 } : null;
}

function trimFillers(words: readonly Placed[]): Placed[] {
  const kept = [...words];
  while (kept.length > 1 && kept[0] && isFiller(kept[0]) && kept[0].text !== 'a') kept.shift();
  while (kept.length > 1 && /^(?:please|thanks)$/.test(kept.at(-1)?.text ?? '')) kept.pop();
  return kept;
}

/** The first run of neighbours. */
function contiguous(words: readonly Placed[]): Placed[] {
  const end = words.findIndex((word, i) => i > 0 && word.at !== (words[i - 1]?.at ?? 0) + 1);
  return end < 0 ? [...words] : words.slice(0, end);
}

function isSpelled(words: readonly Word[]): boolean {
  return words.length > 1 && words.every((word) => /^[a-z]$/.test(word.text));
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
