import type { Slot } from '#src/lib/rehearsal/slot.ts';
import type { KnownTool } from '#src/lib/rehearsal/tool-match.ts';
import { isToolWord } from '#src/lib/rehearsal/tool-match.ts';
import { conceptOf, identifierWords, isFiller, wordsOf } from '#src/lib/rehearsal/words.ts';

type Earlier = ReadonlyMap<string, readonly string[]>;
const mostValues = 50;

/** Adds the short texts of a tool's answer, by the words of their keys; the newest come first. */
export function learn(earlier: Earlier, resultText: string): Earlier {
  const learned = new Map(earlier);
  const add = (key: string, value: string): void => {
    const words = identifierWords(key);
    const before = learned.get(words) ?? [];
    learned.set(words, [value, ...before.filter((one) => one !== value)].slice(0, mostValues));
  };
  collect(parse(resultText), '', add, 0);
  return learned;
}

/** Values that a text may have: seen in results under the same or a similar name, or in the assistant's own phrases. */
export function knownValues(slot: Slot, tool: KnownTool, earlier: Earlier): string[] {
  const fromResults = [...earlier].filter(([key]) => isSimilar(key, slot.label)).flatMap(([, values]) => values);
  return [...fromResults, ...(slot.kind.type === 'text' && !slot.kind.isName ? valuesInPhrases(tool) : [])];
}

/** The value that a code such as an order number has when nobody says it: the newest one seen. */
export function impliedCode(slot: Slot, earlier: Earlier): string | null {
  if (slot.kind.type !== 'code') return null;
  return (
    [...earlier].find(
      ([key]) => key === slot.label || key.endsWith(` ${slot.label}`) || slot.label.endsWith(` ${key}`),
    )?.[1][0] ?? null
  );
}

/** In `how many margherita pizzas are left` the words that are not the tool's own: `margherita`. */
function valuesInPhrases(tool: KnownTool): string[] {
  return tool.phrases.flatMap((phrase) => {
    const words = wordsOf(phrase);
    const start = words.findIndex((word) => isValueWord(tool, word));
    if (start < 0) return [];
    const end = words.findIndex((word, i) => i > start && !isValueWord(tool, word));
    const run = words.slice(start, end < 0 ? words.length : end);
    const kept = run.length > 1 && /[^s]s$/.test(run.at(-1)?.text ?? '') ? run.slice(0, -1) : run;
    return [kept.map((word) => word.text).join(' ')];
  });
}

function isValueWord(tool: KnownTool, word: ReturnType<typeof wordsOf>[number]): boolean {
  return !isFiller(word) && !isToolWord(tool, word) && !/\d/.test(word.text) && !conceptOf(word).startsWith('~');
}

function isSimilar(key: string, label: string): boolean {
  if (key === label) return true;
  const own = new Set(wordsOf(label).map((word) => word.stem));
  const other = wordsOf(key).map((word) => word.stem);
  return (
    other.length > 0 &&
    (other.every((word) => own.has(word)) || (own.has('item') && /^(?:name|title|product|dish|item)$/.test(key)))
  );
}

function collect(value: unknown, key: string, add: (key: string, value: string) => void, depth: number): void {
  if (depth > 5) return;
  if (typeof value === 'string') {
    if (key && value.length >= 1 && value.length <= 60) add(key, value);
  } else if (typeof value === 'number') {
    if (/(?:id|number|code|ref)$/i.test(key)) add(key, String(value));
  } else if (Array.isArray(value)) {
    // Backwards, so that the first of a list is the newest.
    for (const one of value.slice(0, mostValues).reverse()) collect(one, key, add, depth + 1);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, one] of Object.entries(value)) collect(one, name, add, depth + 1);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
