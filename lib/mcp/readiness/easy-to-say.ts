import type { Parameter } from '#src/lib/mcp/readiness/parameters.ts';
import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';
import { someOf } from '#src/lib/mcp/readiness/words.ts';

const of = 20;

/** What a caller has to be asked for fits into a short talk: three things are fine, with each one more the call gets longer. */
export const easyToSay: ReadinessRule = ({ parameters }) => {
  const rule = 'easy-to-say';
  const asked = parameters.filter(
    (parameter) => parameter.required && !('const' in parameter.schema) && !('default' in parameter.schema),
  );
  const nested = asked.filter(isNested);
  const forCount = asked.length <= 3 ? of : asked.length === 4 ? 14 : asked.length === 5 ? 8 : 0;
  const points = Math.max(0, forCount - 6 * Math.min(2, nested.length));
  if (points === of) {
    const message =
      asked.length === 0 ? 'A caller need not be asked for anything.' : 'Arguments are few and easy to say.';
    return { rule, ok: true, points, of, message };
  }
  const parts = [
    ...(asked.length > 3 ? [`${asked.length} arguments have to be asked for. Give defaults, or split the tool`] : []),
    ...(nested.length > 0 ? [`${someOf(nested.map(({ name }) => name))} is a form inside the form. Make it flat`] : []),
  ];
  return { rule, ok: false, points, of, message: `${parts.join('; ')}.` };
};

/** An object with fields of its own, or a list of such. */
function isNested({ schema }: Parameter): boolean {
  const items = schema.items;
  const of = schema.type === 'array' && typeof items === 'object' && items !== null ? items : schema;
  return ('type' in of && of.type === 'object') || 'properties' in of || ('$ref' in of && schema.type === 'array');
}
