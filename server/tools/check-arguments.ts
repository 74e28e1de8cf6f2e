import { createHash } from 'node:crypto';
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';
import { timedPattern } from '#src/server/tools/timed-pattern.ts';

export type CheckedArguments = { ok: true; args: Record<string, unknown> } | { ok: false; message: string };

/**
 * Second step: do the arguments fit the server's own schema? The message is meant for the model, which mends them.
 * A schema that cannot be used (too large, too deep, not a schema) is left to the server to judge.
 */
export function checkArguments(schema: JsonSchema, args: unknown): CheckedArguments {
  const given = args ?? {};
  if (typeof given !== 'object' || Array.isArray(given))
    return { ok: false, message: 'The arguments must be an object.' };
  const values = Object.fromEntries(Object.entries(given));
  const validate = compiled(schema);
  if (!validate || validate(values)) return { ok: true, args: values };
  const problems = [...new Set((validate.errors ?? []).map(describe))].slice(0, 5);
  return { ok: false, message: problems.join(' ') };
}

/** Compiles a schema before it is needed, so that the first call of a tool does not wait for it. */
export function prepareArguments(schema: JsonSchema): void {
  compiled(schema);
}

const mostValidators = 200;
const mostSchemaBytes = 64 * 1024;
const mostDepth = 32;
const validators = new Map<string, ValidateFunction | null>();

/** Compiled once for each content: compiling is slow and keeps memory. */
function compiled(schema: JsonSchema): ValidateFunction | null {
  const json = JSON.stringify(schema);
  if (json.length > mostSchemaBytes || depthOf(schema) > mostDepth) return null;
  const key = createHash('sha256').update(json).digest('base64');
  const known = validators.get(key);
  if (known !== undefined) return known;
  const validate = compile(schema);
  validators.set(key, validate);
  const oldest = validators.keys().next();
  if (validators.size > mostValidators && !oldest.done) validators.delete(oldest.value);
  return validate;
}

/** An own instance each: servers reuse `$id`s, and one must not see the schemas of another. */
function compile(schema: JsonSchema): ValidateFunction | null {
  const ajv = new Ajv2020({
    strict: false,
    allErrors: true,
    validateFormats: true,
    logger: false,
    code: { regExp: Object.assign(timedPattern, { code: 'timedPattern' }) },
  });
  addFormats.default(ajv);
  const { $schema: _dialect, ...rest } = schema;
  try {
    return ajv.compile(rest);
  } catch {
    return null;
  }
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let deepest = 0;
  for (const inner of Object.values(value)) deepest = Math.max(deepest, depthOf(inner));
  return deepest + 1;
}

function describe(error: ErrorObject): string {
  const where = error.instancePath.slice(1).replaceAll('/', '.') || 'the arguments';
  const params: Record<string, unknown> = error.params;
  if (error.keyword === 'required')
    return `${error.instancePath ? `${where}.` : ''}${params.missingProperty} is missing.`;
  if (error.keyword === 'additionalProperties') return `${params.additionalProperty} is not a parameter of this tool.`;
  if (error.keyword === 'enum') return `${where} must be one of: ${JSON.stringify(params.allowedValues)}.`;
  return `${where} ${error.message ?? 'is not right'}.`;
}
