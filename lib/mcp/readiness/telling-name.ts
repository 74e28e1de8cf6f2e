import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';
import { someOf, wordsOf } from '#src/lib/mcp/readiness/words.ts';

const of = 10;

/** A name that the specification allows, that says something, and that no other server of the team has too. */
export const tellingName: ReadinessRule = ({ definition: { name }, facts: { sameNameOn = [] } }) => {
  const rule = 'name';
  if (sameNameOn.length > 0)
    return {
      rule,
      ok: false,
      points: 2,
      of,
      message: `${someOf(sameNameOn)} has a tool of the same name. Say in the name what it is about.`,
    };
  if (!/^[A-Za-z0-9_.-]{1,128}$/.test(name))
    return {
      rule,
      ok: false,
      points: 3,
      of,
      message: 'The name has characters that the specification does not allow, or is too long.',
    };
  if (
    wordsOf(name).length < 3 ||
    /^(tool|run|do|call|execute|query|action|function|api|main|test)$/i.test(wordsOf(name))
  )
    return { rule, ok: false, points: 5, of, message: 'The name does not say what it does.' };
  return { rule, ok: true, points: of, of, message: 'The name is its own.' };
};
