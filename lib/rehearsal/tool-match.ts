import { findValues } from '#src/lib/rehearsal/find-values.ts';
import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';
import type { ToolForm } from '#src/lib/rehearsal/slot.ts';
import { toolForm } from '#src/lib/rehearsal/tool-form.ts';
import { conceptOf, identifierWords, isFiller, stem, type Word, wordsOf } from '#src/lib/rehearsal/words.ts';

/** A tool with what is derived from its definition. */
export type KnownTool = RehearsalTool & {
  form: ToolForm;
  /** How much each word, and each meaning (`~…`), speaks for this tool: 0 to 1. */
  weights: ReadonlyMap<string, number>;
  /** Phrases from the assistant that ask for this tool. */
  phrases: string[];
};

export type Toolbox = {
  tools: KnownTool[];
  /** 0 to 1: 1 for a word of one tool only. */
  rarity: (term: string) => number;
};

/** How well an utterance asks for a tool. */
export type Match = { tool: KnownTool; score: number };

/** Prepares the tools of an assistant; its phrases are given to the tools that they ask for. */
export function openToolbox(tools: readonly RehearsalTool[], rehearsalPhrases: readonly string[], now: Date): Toolbox {
  const known = tools.map(
    (tool): KnownTool => ({
      ...tool,
      form: toolForm(tool.definition.inputSchema),
      weights: weightsOf(tool),
      phrases: [],
    }),
  );
  const counts = new Map<string, number>();
  for (const { weights } of known) for (const term of weights.keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
  const rarity = (term: string): number =>
    Math.log(1 + known.length / (counts.get(term) ?? known.length)) / Math.log(1 + known.length);
  const toolbox = { tools: known, rarity };
  for (const phrase of rehearsalPhrases) {
    const [best] = matchTools(toolbox, wordsOf(phrase), now);
    best?.tool.phrases.push(phrase);
  }
  return toolbox;
}

/** The tools that an utterance may ask for, the best first; none when it speaks of something else. */
export function matchTools(toolbox: Toolbox, words: readonly Word[], now: Date): Match[] {
  return toolbox.tools
    .map((tool) => ({ tool, score: scoreOf(toolbox, tool, words, now) }))
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score || Number(a.tool.effect === 'write') - Number(b.tool.effect === 'write'));
}

/** True for a word of the request itself, such as `order` or `left`, not of a value. */
export function isToolWord(tool: KnownTool, word: Word): boolean {
  return tool.weights.has(word.stem) || tool.weights.has(conceptOf(word)) || verbs.has(conceptOf(word));
}

const leastScore = 0.55;
const nameWeight = 1;
const titleWeight = 0.9;
const descriptionWeight = 0.45;
const parameterWeight = 0.4;
/** Meanings are weaker than the very word. */
const meaningWeight = 0.75;

/** Say that something is wanted, but not what. */
const verbs = new Set(['~check', '~find', '~creat', '~updat', '~plac', '~quantity']);

function weightsOf({ definition }: RehearsalTool): Map<string, number> {
  const weights = new Map<string, number>();
  const add = (text: string, weight: number): void => {
    for (const word of wordsOf(text)) {
      if (isFiller(word)) continue;
      raise(weights, word.stem, weight);
      const concept = conceptOf(word);
      if (concept !== word.stem) raise(weights, concept, weight * meaningWeight);
    }
  };
  add(identifierWords(definition.name), nameWeight);
  add(definition.title ?? definition.annotations?.title ?? '', titleWeight);
  add((definition.description ?? '').slice(0, 1_000), descriptionWeight);
  for (const slot of toolForm(definition.inputSchema).slots) add(slot.label, parameterWeight);
  return weights;
}

function raise(weights: Map<string, number>, term: string, weight: number): void {
  weights.set(term, Math.max(weights.get(term) ?? 0, weight));
}

function scoreOf(toolbox: Toolbox, tool: KnownTool, words: readonly Word[], now: Date): number {
  const content = words.map((word, at) => ({ word, at })).filter(({ word }) => !isFiller(word));
  const meant = impliedConcepts(words.map((word) => word.text).join(' '));
  const values = findValues(tool.form.slots, words, {
    now,
    asked: null,
    filled: new Set(),
    known: () => [],
    isToolWord: (word) => isToolWord(tool, word),
    takeRest: false,
  });
  let score = 0;
  let matched = 0;
  let strange = 0;
  let verbsOnly = true;
  const seen = new Set<string>();
  for (const { word, at } of content) {
    const concept = conceptOf(word);
    const weight = termScore(toolbox, tool, word.stem, concept);
    if (weight > 0 || values.used.has(at)) matched += 1;
    else if (!verbs.has(concept)) strange += 1;
    if (weight === 0 || seen.has(concept)) continue;
    seen.add(concept);
    const isVerb = verbs.has(concept);
    if (!isVerb && !values.used.has(at)) verbsOnly = false;
    score += isVerb ? weight * 0.5 : weight;
  }
  for (const concept of meant) {
    if (seen.has(concept)) continue;
    score += 0.6 * termScore(toolbox, tool, concept, concept);
    if (tool.weights.has(concept)) verbsOnly = false;
  }
  for (const slot of tool.form.slots) {
    if (!values.values.has(slot.path.join('.'))) continue;
    const worth = {
      choice: 0.45,
      code: 0.35,
      number: 0.2,
      date: 0.25,
      time: 0.2,
      'date-time': 0.25,
      boolean: 0.1,
      text: 0.15,
    }[slot.kind.type];
    score += worth;
    if (slot.kind.type === 'choice') verbsOnly = false;
  }
  if (asksToHave(words) && tool.effect === 'write' && values.values.size > 0) score += 0.35;
  const phrase = Math.max(0, ...tool.phrases.map((one) => likeness(words, wordsOf(one))));
  if (phrase > 0.5) return score + phrase * 1.5;
  // A text may be any words; some of the strange ones are its value.
  const takesText = tool.form.slots.some((slot) => slot.kind.type === 'text' && slot.required && !slot.kind.isName);
  const odd = takesText ? Math.max(0, strange - 3) : strange;
  if (matched === 0 || matched / (matched + odd) < 0.34) return 0;
  return verbsOnly && !coversName(tool, words) ? 0 : score;
}

function termScore(toolbox: Toolbox, tool: KnownTool, own: string, concept: string): number {
  const exact = (tool.weights.get(own) ?? 0) * (0.4 + 0.6 * toolbox.rarity(own));
  const meant = concept === own ? 0 : (tool.weights.get(concept) ?? 0) * (0.4 + 0.6 * toolbox.rarity(concept));
  return Math.max(exact, meant);
}

/** Questions that mean something without naming it. */
function impliedConcepts(said: string): string[] {
  return [
    /\b(?:is|are) there\b|\bdo you (?:still )?have\b|\bhave you got\b/.test(said) ? ['~stock', 'free'] : [],
    /\bhow much (?:is|are|does|do|for)\b/.test(said) ? ['~pric'] : [],
    /\bwhere(?: is|'s)\b|\bhow far\b/.test(said) ? ['~statu'] : [],
  ].flat();
}

/** `I would like …`, `can I have …`: wants something done or brought. */
function asksToHave(words: readonly Word[]): boolean {
  return /\b(?:like|want|have|give|take|bring|make|put)\b/.test(words.map((word) => word.text).join(' '));
}

/** All words of the tool's name were said. */
function coversName(tool: KnownTool, words: readonly Word[]): boolean {
  const said = new Set(words.flatMap((word) => [word.stem, conceptOf(word)]));
  const name = wordsOf(identifierWords(tool.definition.name));
  return name.length > 0 && name.every((word) => said.has(word.stem) || said.has(conceptOf(word)));
}

/** Share of words that two sentences have in common, 0 to 1. */
function likeness(a: readonly Word[], b: readonly Word[]): number {
  const left = new Set(a.map((word) => stem(word.text)));
  const right = new Set(b.map((word) => stem(word.text)));
  const common = [...left].filter((word) => right.has(word)).length;
  return common / Math.max(1, left.size + right.size - common);
}
