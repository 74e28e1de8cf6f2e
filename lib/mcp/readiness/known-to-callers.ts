import type { Parameter } from '#src/lib/mcp/readiness/parameters.ts';
import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';
import { someOf, wordsOf } from '#src/lib/mcp/readiness/words.ts';

const of = 10;
const machineName =
  /(^| )(id|ids|uuid|guid|sha|hash|token|cursor|slug|handle|uri|url|path|paths|filepath|filename|regex|sql|json|cron)$/;
const machineFormat = /^(uuid|uri|uri-reference|json-pointer|regex|byte|binary)$/;
const saysWhence =
  /\b(from|returned|returns|given by|result of|listed|found with|provided by|default|session|previous|omit|leave)\b|`[\w.-]+`/i;

/**
 * Nothing has to be asked for that no caller knows or can say: ids, hashes, paths. Where one is needed, its description says which
 * tool it comes from (Anthropic: names that mean something rather than opaque ids).
 */
export const knownToCallers: ReadinessRule = ({ parameters }) => {
  const rule = 'known-to-callers';
  const opaque = parameters.filter((parameter) => parameter.required && isOpaque(parameter));
  if (opaque.length === 0)
    return { rule, ok: true, points: of, of, message: 'It asks for nothing that only a machine knows.' };
  const unexplained = opaque.filter(({ description }) => !saysWhence.test(description));
  if (unexplained.length === 0)
    return {
      rule,
      ok: true,
      points: 8,
      of,
      message: `${someOf(opaque.map(({ name }) => name))}: its description says where it comes from.`,
    };
  return {
    rule,
    ok: false,
    points: unexplained.length === 1 ? 3 : 0,
    of,
    message: `No caller knows ${someOf(unexplained.map(({ name }) => name))}. Take a name instead, or say which tool gives it.`,
  };
};

/** An id, an address, a path: true for what cannot be said on the phone. */
export function isOpaque({ name, schema }: Parameter): boolean {
  if (Array.isArray(schema.enum) || schema.type === 'boolean') return false;
  return machineName.test(wordsOf(name)) || (typeof schema.format === 'string' && machineFormat.test(schema.format));
}
