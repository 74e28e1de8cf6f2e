import { type ContentWord, contentOf, predicatesOf, saysThereIs } from '#src/lib/claims/said-content.ts';
import {
  namesIn,
  numbersIn,
  referencesIn,
  type SaidNumber,
  type SaidWeekday,
  weekdaysIn,
} from '#src/lib/claims/said-values.ts';

/** A claim taken apart once, to be held against many tool calls. */
export type Said = {
  text: string;
  numbers: SaidNumber[];
  references: string[];
  names: string[];
  weekdays: SaidWeekday[];
  content: ContentWord[];
  predicates: string[];
  there: 'some' | 'none' | null;
};

/** Takes the words of a claim apart. */
export function readSaid(text: string): Said {
  return {
    text,
    numbers: numbersIn(text),
    references: referencesIn(text),
    names: namesIn(text),
    weekdays: weekdaysIn(text),
    content: contentOf(text),
    predicates: predicatesOf(text),
    there: saysThereIs(text),
  };
}
