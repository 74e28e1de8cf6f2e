import type { Said } from '#src/lib/claims/said.ts';
import type { ToolFacts } from '#src/lib/claims/tool-facts.ts';

export type Match = {
  /** How many numbers, references, names and days of the claim stand in the facts. */
  hits: number;
  /** The first that stands in none of them, in the words of the claim. */
  missing: string | null;
};

/** Looks for the numbers, references, names and days of a claim in what tool calls were given and answered. */
export function matchValues(said: Said, facts: readonly ToolFacts[]): Match {
  if (!hasValues(said)) return nothingSaid;
  const has = (test: (one: ToolFacts) => boolean): boolean => facts.some(test);
  const checks: [string, boolean][] = [
    ...said.numbers.map(({ value, words, clock }): [string, boolean] => [
      words,
      has((one) => one.numbers.has(value) || (clock && one.zoned)),
    ]),
    ...said.references.map((ref): [string, boolean] => [ref.toUpperCase(), has((one) => one.text.includes(ref))]),
    ...said.names.map((name): [string, boolean] => [
      name.replace(/^./, (letter) => letter.toUpperCase()),
      has((one) => one.text.includes(name)),
    ]),
    // A day can only be wrong where a date is known.
    ...(said.weekdays.length > 0 && has((one) => one.weekdays.size > 0) ? said.weekdays : []).map(
      ({ day, words }): [string, boolean] => [words, has((one) => one.weekdays.has(day))],
    ),
  ];
  return {
    hits: checks.filter(([, found]) => found).length,
    missing: checks.find(([, found]) => !found)?.[0] ?? null,
  };
}

const nothingSaid: Match = { hits: 0, missing: null };

/** Most claims that nothing proves name nothing either, and are held against all results of a call. */
function hasValues({ numbers, references, names, weekdays }: Said): boolean {
  return numbers.length + references.length + names.length + weekdays.length > 0;
}
