import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { actionsOfTool } from '#src/lib/claims/actions.ts';
import type { Action } from '#src/lib/claims/claim.ts';
import { conceptOf, identifierWords, isFiller, stem, wordsOf } from '#src/lib/rehearsal/words.ts';

/** What a tool call holds that can prove something: the words and numbers of what it was given and answered. */
export type ToolFacts = {
  /** In lower case, for references and names. */
  text: string;
  /** Stems of its name, field names and values. */
  stems: Set<string>;
  /** What the stems mean, as rehearsal/words.ts groups them. */
  concepts: Set<string>;
  numbers: Set<number>;
  /** Weekdays of the dates in it, 0 is Sunday. */
  weekdays: Set<number>;
  /** Stems of the fields that it answers with no. */
  denied: Set<string>;
  /** There is a time with a zone in it: its hours may be said otherwise. */
  zoned: boolean;
  /** Whether the answer says that there is something, that there is nothing, or neither. */
  there: 'some' | 'none' | null;
  /** What the tool may do, by its name. */
  actions: Set<Action>;
};

/** Reads what a tool call was given and answered. */
export function toolFacts(call: ToolCall): ToolFacts {
  const answer = call.structured ?? parsed(call.answer) ?? call.answer ?? '';
  const facts: ToolFacts = {
    text: JSON.stringify([call.arguments, answer]).toLowerCase(),
    stems: new Set(identifierWords(call.tool).split(' ').map(stem)),
    concepts: new Set(),
    numbers: new Set(),
    weekdays: new Set(),
    denied: new Set(),
    zoned: false,
    there: null,
    actions: actionsOfTool(call.tool),
  };
  walk(call.arguments, '', facts, 0);
  walk(answer, '', facts, 0);
  facts.there = thereIs(answer);
  for (const one of facts.stems) facts.concepts.add(conceptOf({ text: one, raw: one, stem: one }));
  return facts;
}

function walk(value: unknown, key: string, facts: ToolFacts, depth: number): void {
  if (key) for (const word of identifierWords(key).split(' ')) facts.stems.add(stem(word));
  if (value === null || value === undefined || depth > 8) return;
  if (Array.isArray(value)) facts.numbers.add(value.length);
  if (typeof value === 'object') {
    const entries: [string, unknown][] = Array.isArray(value) ? value.map((one) => ['', one]) : Object.entries(value);
    for (const [name, one] of entries) walk(one, name, facts, depth + 1);
  } else if (typeof value === 'number') addNumber(value, facts);
  else if (value === false) for (const word of identifierWords(key).split(' ')) facts.denied.add(stem(word));
  else if (typeof value === 'string') addText(value, facts);
}

function addNumber(value: number, facts: ToolFacts): void {
  facts.numbers.add(value);
  if (Number.isInteger(value)) return;
  facts.numbers.add(Math.trunc(value));
  facts.numbers.add(Math.round((value - Math.trunc(value)) * 100));
  facts.numbers.add(Math.round(value * 100) / 100);
}

function addText(value: string, facts: ToolFacts): void {
  for (const word of wordsOf(value.replaceAll('_', ' '))) {
    if (!isFiller(word)) facts.stems.add(word.stem);
    for (const part of word.stem.split('-')) facts.stems.add(part);
  }
  for (const [found] of value.matchAll(/(?<![a-z\d.])\d+(?:\.\d+)?(?![a-z\d])/gi)) addNumber(Number(found), facts);
  for (const time of value.matchAll(/(?<!\d)(\d{1,2}):(\d{2})/g)) {
    facts.numbers.add(Number(time[1]));
    facts.numbers.add(Number(time[1]) % 12 || 12);
    facts.numbers.add(Number(time[2]));
  }
  for (const [date] of value.matchAll(/\d{4}-\d{2}-\d{2}/g)) {
    facts.numbers.add(Number(date.slice(8)));
    const day = new Date(`${date}T12:00:00Z`).getUTCDay();
    if (!Number.isNaN(day)) facts.weekdays.add(day);
    facts.stems.add(stem(months[Number(date.slice(5, 7)) - 1] ?? ''));
  }
  if (/T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:?\d{2})$/.test(value)) facts.zoned = true;
}

/** Counts and lists of the answer, outermost first: the first that speaks decides. */
function thereIs(answer: unknown): ToolFacts['there'] {
  if (typeof answer === 'boolean' || typeof answer === 'number') return answer ? 'some' : 'none';
  if (Array.isArray(answer)) return answer.length > 0 ? 'some' : 'none';
  if (typeof answer !== 'object') return null;
  if (answer === null || Object.keys(answer).length === 0) return 'none';
  for (const [key, value] of Object.entries(answer)) {
    if (Array.isArray(value)) return value.length > 0 ? 'some' : 'none';
    if (/(?:^|[_ ])(?:left|stock|available|remaining|quantity|count|free|open|inventory)/i.test(identifierWords(key)))
      if (typeof value === 'number' || typeof value === 'boolean') return value ? 'some' : 'none';
  }
  return null;
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

const months = 'january february march april may june july august september october november december'.split(' ');
