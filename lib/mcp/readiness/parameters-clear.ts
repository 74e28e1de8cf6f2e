import type { Parameter } from '#src/lib/mcp/readiness/parameters.ts';
import { isDescribed } from '#src/lib/mcp/readiness/parameters-described.ts';
import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';
import { someOf, wordsOf } from '#src/lib/mcp/readiness/words.ts';

const of = 10;
const sayNothing =
  /^(data|input|inputs|value|values|params|parameters|options|opts|payload|args|arguments|body|info|obj|object|item|thing|content|config|x|y|z|q|s|str|n|arg\d*|param\d*)$/i;
const aboutTime = /\b(date|time|day|when|at|since|until|from|to|start|end|deadline|timestamp)\b/;
const namesForm = /\b(iso|yyyy|rfc|format|unix|epoch|seconds|utc|e\.g\.|such as|example|relative)\b|\d{4}-\d{2}/i;

/** Each parameter can be filled in one way only: a type, a telling name, and a form for dates and times. */
export const parametersClear: ReadinessRule = ({ parameters }) => {
  const rule = 'parameters-clear';
  const unclear = parameters.flatMap((parameter) => {
    const why = whyUnclear(parameter);
    return why ? [{ name: parameter.name, why }] : [];
  });
  const [first] = unclear;
  if (!first) return { rule, ok: true, points: of, of, message: 'Each argument can be filled in one way only.' };
  const names = someOf(unclear.map(({ name }) => name));
  return {
    rule,
    ok: false,
    points: Math.round(of * (1 - unclear.length / parameters.length)),
    of,
    message: `Unclear: ${names} (${first.why}).`,
  };
};

function whyUnclear(parameter: Parameter): string | null {
  const { name, schema, description } = parameter;
  const types = Array.isArray(schema.type) ? schema.type.filter((type) => type !== 'null') : schema.type;
  const typed =
    types !== undefined ||
    'enum' in schema ||
    'const' in schema ||
    'anyOf' in schema ||
    'oneOf' in schema ||
    'allOf' in schema;
  if (!typed) return 'it has no type';
  if (Array.isArray(types) && types.length > 2) return 'it may be of many types';
  if (types === 'object' && !('properties' in schema) && !('$ref' in schema) && !isDescribed(parameter))
    return 'any object goes in';
  if (sayNothing.test(name) && description.length < 20) return 'the name says nothing';
  if (
    types === 'string' &&
    aboutTime.test(wordsOf(name)) &&
    !('format' in schema) &&
    !('pattern' in schema) &&
    !('enum' in schema)
  )
    if (/(^| )(date|time|day|timestamp|deadline)( |$)/.test(wordsOf(name)) && !namesForm.test(description))
      return 'a date or time without its form, such as YYYY-MM-DD';
  return null;
}
