import type { Parameter } from '#src/lib/mcp/readiness/parameters.ts';
import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';
import { someOf, wordsOf } from '#src/lib/mcp/readiness/words.ts';

const of = 10;

/** Each parameter says what goes into it (TDQS parameters; the commonest defect in arXiv:2602.14878). */
export const parametersDescribed: ReadinessRule = ({ parameters }) => {
  const rule = 'parameters-described';
  if (parameters.length === 0) return { rule, ok: true, points: of, of, message: 'It needs no arguments.' };
  const bare = parameters.filter((parameter) => !isDescribed(parameter));
  if (bare.length === 0) return { rule, ok: true, points: of, of, message: 'Each argument is described.' };
  return {
    rule,
    ok: false,
    points: Math.round(of * (1 - bare.length / parameters.length)),
    of,
    message: `Not described: ${someOf(bare.map(({ name }) => name))}. Say what goes in, with an example.`,
  };
};

/** A description that only repeats the name is none. */
export const isDescribed = ({ name, description }: Parameter): boolean =>
  description.length >= 8 && wordsOf(description) !== wordsOf(name);
