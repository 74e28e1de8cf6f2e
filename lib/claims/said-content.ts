import { numbersIn } from '#src/lib/claims/said-values.ts';
import type { ToolFacts } from '#src/lib/claims/tool-facts.ts';
import { conceptOf, isFiller, stem, type Word, wordsOf } from '#src/lib/rehearsal/words.ts';

/** A word of a claim with all that it may be met by, taken apart once for all the results of a call. */
export type ContentWord = Word & {
  /** The stem of its stem, as a tool's names may have it. */
  again: string;
  concept: string;
};

/** The words of a claim that a tool call must share with it: what it is about, without deeds, units and times. */
export function contentOf(said: string): ContentWord[] {
  const counted = new Set(numbersIn(said).flatMap((number) => number.words.split(' ')));
  return wordsOf(said.replaceAll('’', "'"))
    .filter(
      (word) =>
        !isFiller(word) &&
        !counted.has(word.text) &&
        !/^\d/.test(word.text) &&
        !unspecific.has(word.text) &&
        word.text.length > 1,
    )
    .map((word) => ({ ...word, again: stem(word.stem), concept: conceptOf(word) }));
}

/** True when the facts hold the word, in another form or another word for the same. */
export function isAmong(word: ContentWord, { stems, concepts }: Pick<ToolFacts, 'stems' | 'concepts'>): boolean {
  return stems.has(word.stem) || stems.has(word.again) || concepts.has(word.concept);
}

/** The states that a claim may be about and that a result must name. */
export function predicatesOf(said: string): string[] {
  return [...said.toLowerCase().matchAll(predicates)].map(([word]) => stem(word));
}

/** Whether a claim says that there is something or that there is nothing; null when it says neither. */
export function saysThereIs(said: string): 'some' | 'none' | null {
  if (nothing.test(said)) return 'none';
  return something.test(said) ? 'some' : null;
}

const nothing =
  /\b(?:there(?:'s| is| are) (?:no|none|nothing)|sold out|out of (?!for)|fully booked|booked up|not available|unavailable|don['’]t have|do not have|have no|no longer|isn['’]t available|aren['’]t available|nothing (?:free|left)|found nothing)\b/i;
const something = /\b(?:available|free|in stock|left|we(?:['’]ve| do| still)? (?:have|got)|there (?:is|are))\b/i;
const predicates =
  /\b(?:delivered|vegetarian|vegan|gluten-free|working|fixed|shipped|cancelled|canceled|down(?! for)|closed|expired|overdue|paid|unpaid|delayed|refunded|sent)\b/g;

const unspecific = new Set(
  (
    'yes no not nothing done placed booked reserved made confirmed set sent added moved changed cancelled canceled updated logged opened ' +
    'issued refunded put ordered arranged scheduled left free available stock still fully sold currently moment now today tonight tomorrow ' +
    'yesterday week weekend month year night evening morning afternoon noon clock pm am euros euro dollars dollar pounds cents times time new ' +
    'monday tuesday wednesday thursday friday saturday sunday next later soon half past quarter dr mr mrs ms both just gone ahead ' +
    'way back down included comes costs cost found see detail details couple pair pairs only also too next great okay everything ' +
    'january february march april june july august september october november december hello welcome dear'
  ).split(' '),
);
