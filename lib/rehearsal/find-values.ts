import { likelyTime, otherHalf, readDay, readTime } from '#src/lib/rehearsal/date-words.ts';
import { readCode, readName, readText } from '#src/lib/rehearsal/free-values.ts';
import { readNumber } from '#src/lib/rehearsal/number-words.ts';
import { type Slot, type SlotValue, slotKey } from '#src/lib/rehearsal/slot.ts';
import { momentOf, timeOf } from '#src/lib/rehearsal/time-values.ts';
import { isFiller, type Word, wordsOf } from '#src/lib/rehearsal/words.ts';
import { isYes } from '#src/lib/rehearsal/yes-no.ts';

export type FindContext = {
  now: Date;
  /** The slot that was asked for: its answer may be short. */
  asked: string | null;
  /** Slots that have a value: they get a new one only when no open slot wants it. */
  filled: ReadonlySet<string>;
  /** Values of a text that are known from elsewhere. */
  known: (slot: Slot) => readonly string[];
  /** True for a word that belongs to the request itself, not to a value. */
  isToolWord: (word: Word) => boolean;
  /** Take what is left over as the value of a text that is required. */
  takeRest: boolean;
};

export type FoundValues = {
  values: Map<string, SlotValue>;
  /** Which words were used. */
  used: Set<number>;
  /** The words around a value as the caller said them: `margherita pizzas`. */
  phrases: Map<string, string>;
};

/** Finds what a caller said for the slots of a tool, the surest kinds first; a word serves one value only. */
export function findValues(slots: readonly Slot[], words: readonly Word[], context: FindContext): FoundValues {
  const found: FoundValues = { values: new Map(), used: new Set(), phrases: new Map() };
  const search: Search = {
    slots: inOrder(slots, context),
    words,
    texts: words.map((word) => word.text),
    context,
    found,
  };
  findChoices(search);
  findCodes(search);
  findMoments(search);
  findNumbers(search);
  findBooleans(search);
  findTexts(search);
  return found;
}

type Search = { slots: Slot[]; words: readonly Word[]; texts: string[]; context: FindContext; found: FoundValues };

/** The slot that was asked for, then the open ones, the required first, then those that have a value. */
function inOrder(slots: readonly Slot[], { asked, filled }: FindContext): Slot[] {
  const rank = (slot: Slot): number => {
    const key = slotKey(slot.path);
    if (key === asked) return 0;
    return filled.has(key) ? 3 : slot.required ? 1 : 2;
  };
  return [...slots].sort((a, b) => rank(a) - rank(b));
}

function findChoices(search: Search): void {
  for (const slot of search.slots) {
    if (slot.kind.type !== 'choice') continue;
    const choices = slot.kind.choices
      .map((choice) => ({ ...choice, spoken: wordsOf(choice.words) }))
      .sort((a, b) => b.spoken.length - a.spoken.length);
    for (let at = 0; at < search.words.length; at++) {
      const choice = choices.find(
        ({ spoken }) => spoken.length > 0 && isAt(search, at, spoken) && search.texts[at - 1] !== 'not',
      );
      if (!choice) continue;
      take(search, slot, choice.value, at, choice.spoken.length);
      if (!slot.many) break;
    }
    if (!search.found.values.has(slotKey(slot.path))) findChoiceOtherwise(search, slot, slot.kind.choices);
  }
}

/** A choice that is a time or a number may be said in many ways; one that was asked for, by one of its words. */
function findChoiceOtherwise(
  search: Search,
  slot: Slot,
  choices: { value: string | number | boolean; words: string }[],
): void {
  const isAsked = search.context.asked === slotKey(slot.path);
  const times = choices.filter(({ words }) => /^\d{1,2}:\d{2}$/.test(words));
  for (let at = 0; at < search.words.length; at++) {
    if (search.found.used.has(at)) continue;
    const texts = search.texts.slice(at);
    const time = times.length > 0 ? readTime(texts) : null;
    if (time && (isAsked || isClearTime(texts, time.length))) {
      const wanted = time.open ? [time.time, otherHalf(time.time)] : [time.time];
      const choice = times.find(({ words }) => wanted.includes(words.padStart(5, '0')));
      if (choice) {
        take(search, slot, choice.value, at, time.length);
        return;
      }
    }
    const number = readNumber(texts);
    const numbered =
      number && choices.find(({ value, words }) => value === number.value || words === String(number.value));
    if (number && numbered && times.length === 0) {
      take(search, slot, numbered.value, at, number.length);
      return;
    }
    const word = search.words[at];
    if (!isAsked || !word || isFiller(word) || word.text.length < 3) continue;
    const near = choices.filter((choice) => wordsOf(choice.words).some((one) => one.stem === word.stem));
    const [only] = near;
    if (only && near.length === 1) {
      take(search, slot, only.value, at, 1);
      return;
    }
  }
}

function findCodes(search: Search): void {
  for (const slot of search.slots) {
    if (slot.kind.type !== 'code') continue;
    const isAsked = search.context.asked === slotKey(slot.path);
    const label = new Set(wordsOf(slot.label).map((word) => word.stem));
    for (let at = 0; at < search.words.length; at++) {
      if (search.found.used.has(at)) continue;
      const code = readCode(search.texts.slice(at), slot.kind);
      if (!code) continue;
      const before = search.words[at - 1];
      const named = before !== undefined && (label.has(before.stem) || before.text === 'number');
      if (!isAsked && !named && !code.certain) continue;
      take(search, slot, code.value, at, code.length);
      break;
    }
    for (const known of search.context.known(slot)) takeKnown(search, slot, known);
  }
}

function findMoments(search: Search): void {
  const { context } = search;
  for (const slot of search.slots) {
    const { kind } = slot;
    if (kind.type !== 'date' && kind.type !== 'time' && kind.type !== 'date-time') continue;
    const isAsked = context.asked === slotKey(slot.path);
    const day = kind.type === 'time' ? null : firstOf(search, (texts) => readDay(texts, context.now));
    if (kind.type === 'date') {
      if (day) take(search, slot, day.read.day, day.at, day.read.length);
      continue;
    }
    if (kind.type === 'date-time' && !day && !isAsked) continue;
    if (day) for (let i = 0; i < day.read.length; i++) search.found.used.add(day.at + i);
    const time = firstOf(search, (texts) => {
      const read = readTime(texts);
      return read && (isAsked || isClearTime(texts, read.length)) ? read : null;
    });
    const said = time && { ...time, time: eveningIfSaid(search.texts, time.read) };
    if (kind.type === 'time' && said) take(search, slot, timeOf(said.time, kind), said.at, said.read.length);
    if (kind.type === 'date-time' && day && said) {
      take(search, slot, momentOf(day.read.day, said.time, kind.pattern), said.at, said.read.length);
    }
  }
}

function eveningIfSaid(texts: readonly string[], read: { time: string; open: boolean; length: number }): string {
  const evening = texts.some((word) => word === 'tonight' || word === 'evening');
  return read.open && evening && Number(read.time.slice(0, 2)) < 12 ? otherHalf(read.time) : likelyTime(read);
}

function findNumbers(search: Search): void {
  const slots = search.slots.filter((slot) => slot.kind.type === 'number');
  const numbers: { at: number; length: number; value: number }[] = [];
  for (let at = 0; at < search.words.length; at++) {
    if (search.found.used.has(at)) continue;
    const read = readNumber(search.texts.slice(at));
    if (!read || isPronoun(search.texts, at)) continue;
    numbers.push({ at, length: read.length, value: read.value });
    at += read.length - 1;
  }
  const near = (slot: Slot, number: (typeof numbers)[number]): boolean => {
    const about = new Set(
      wordsOf(slot.about)
        .filter((word) => !isFiller(word))
        .map((word) => word.stem),
    );
    const around = [search.words[number.at - 1], search.words[number.at + number.length]];
    return around.some((word) => word !== undefined && about.has(word.stem));
  };
  for (const certain of [true, false]) {
    for (const slot of slots) {
      if (slot.kind.type !== 'number' || search.found.values.has(slotKey(slot.path))) continue;
      const { whole } = slot.kind;
      const number = numbers.find(
        (one) =>
          !search.found.used.has(one.at) && (!whole || Number.isInteger(one.value)) && near(slot, one) === certain,
      );
      if (number) take(search, slot, number.value, number.at, number.length);
    }
  }
}

function findBooleans(search: Search): void {
  for (const slot of search.slots) {
    if (slot.kind.type !== 'boolean') continue;
    if (search.context.asked === slotKey(slot.path)) {
      const yes = isYes(search.texts);
      if (yes !== null) search.found.values.set(slotKey(slot.path), yes);
      continue;
    }
    const label = wordsOf(slot.label).filter((word) => !isFiller(word));
    const at =
      label.length === 0
        ? -1
        : search.words.findIndex((word, i) => !search.found.used.has(i) && label.some((one) => one.stem === word.stem));
    if (at < 0 || search.context.isToolWord(search.words[at] ?? { text: '', raw: '', stem: '' })) continue;
    take(search, slot, !['no', 'not', 'without'].includes(search.texts[at - 1] ?? ''), at, 1);
  }
}

function findTexts(search: Search): void {
  for (const slot of search.slots) {
    if (slot.kind.type !== 'text') continue;
    const key = slotKey(slot.path);
    for (const known of [...search.context.known(slot), ...slot.kind.examples]) takeKnown(search, slot, known);
    if (search.found.values.has(key)) continue;
    const free = search.words.map((word, at) => ({ ...word, at })).filter(({ at }) => !search.found.used.has(at));
    const isAsked = search.context.asked === key;
    const mayTakeRest =
      search.context.takeRest && slot.required && !slot.kind.isName && !search.context.filled.has(key);
    const read = slot.kind.isName
      ? readName(free, isAsked)
      : readText(free, { isAsked, label: slot.label, mayTakeRest, isToolWord: search.context.isToolWord });
    if (read) take(search, slot, read.value, read.at, read.length);
  }
}

function takeKnown(search: Search, slot: Slot, known: string): void {
  if (search.found.values.has(slotKey(slot.path))) return;
  const spoken = wordsOf(known);
  const at = spoken.length === 0 ? -1 : search.words.findIndex((_, i) => isAt(search, i, spoken));
  if (at >= 0) take(search, slot, known, at, spoken.length);
}

function take(search: Search, slot: Slot, value: string | number | boolean, at: number, length: number): void {
  const key = slotKey(slot.path);
  for (let i = at; i < at + length; i++) search.found.used.add(i);
  const before = search.found.values.get(key);
  if (slot.many) search.found.values.set(key, Array.isArray(before) ? [...before, value] : [value]);
  else search.found.values.set(key, value);
  const after = search.words[at + length];
  const noun =
    after && !isFiller(after) && /[^s]s$/.test(after.text) && !search.context.isToolWord(after) ? ` ${after.text}` : '';
  search.found.phrases.set(key, search.texts.slice(at, at + length).join(' ') + noun);
}

function isAt({ words, found }: Search, at: number, spoken: readonly Word[]): boolean {
  return spoken.every((word, i) => !found.used.has(at + i) && words[at + i]?.stem === word.stem);
}

function firstOf<T>(search: Search, read: (texts: string[]) => T | null): { at: number; read: T } | null {
  for (let at = 0; at < search.texts.length; at++) {
    if (search.found.used.has(at)) continue;
    const found = read(search.texts.slice(at));
    if (found) return { at, read: found };
  }
  return null;
}

/** A bare number is a time only when a time was asked for. */
function isClearTime(texts: readonly string[], length: number): boolean {
  const said = texts.slice(0, length);
  return (
    said.some((word) =>
      /^(?:at|am|pm|noon|midday|midnight|half|quarter|o'clock|clock|hundred|morning|evening|afternoon)$|[:.]|[ap]m$/.test(
        word,
      ),
    ) || said.join(' ').endsWith(' m')
  );
}

/** `that one`, `another one`: no number. */
function isPronoun(texts: readonly string[], at: number): boolean {
  return (
    texts[at] === 'one' &&
    ['that', 'this', 'the', 'which', 'another', 'other', 'every', 'any', 'no', 'first', 'last'].includes(
      texts[at - 1] ?? '',
    )
  );
}
