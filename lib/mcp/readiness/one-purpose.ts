import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';
import { isVerb, someOf, wordsOf } from '#src/lib/mcp/readiness/words.ts';

const of = 15;
const chooses = /^(action|operation|op|command|cmd|method|verb|mode|task|subcommand)$/i;
const anything = /\b(manage|crud|generic|anything|arbitrary)\b/;

/**
 * A tool does one thing. One with ten operations makes a model fill in two forms at once, and one permission covers what only reads
 * and what deletes (V9; Anthropic, "Writing effective tools for agents": choose tools that do one clear thing).
 */
export const onePurpose: ReadinessRule = ({ definition, parameters }) => {
  const rule = 'one-purpose';
  for (const { name, schema } of parameters) {
    const values = Array.isArray(schema.enum) ? schema.enum.filter((value) => typeof value === 'string') : [];
    const verbs = values.filter((value) => isVerb(wordsOf(value).split(' ')[0] ?? ''));
    if (!chooses.test(name) || verbs.length < 2) continue;
    return {
      rule,
      ok: false,
      points: verbs.length > 4 ? 0 : 6,
      of,
      message: `One tool does ${values.length} things: ${name.slice(0, 40)} is one of ${someOf(values, 4)}. Make a tool of each.`,
    };
  }
  const { oneOf, anyOf } = definition.inputSchema;
  const variants = Math.max(Array.isArray(oneOf) ? oneOf.length : 0, Array.isArray(anyOf) ? anyOf.length : 0);
  if (variants > 2)
    return {
      rule,
      ok: false,
      points: 6,
      of,
      message: `It takes ${variants} different forms of arguments. Make a tool of each.`,
    };
  const open = parameters.find(({ name }) => chooses.test(name) && !/^mode$/i.test(name));
  if (
    anything.test(wordsOf(definition.name)) ||
    (open && open.schema.type === 'string' && !Array.isArray(open.schema.enum))
  )
    return {
      rule,
      ok: false,
      points: 6,
      of,
      message: 'It does whatever it is told. Make a narrow tool for each thing that a caller may ask for.',
    };
  return { rule, ok: true, points: of, of, message: 'It does one thing.' };
};
