import { descriptionSaysWhen } from '#src/lib/mcp/readiness/description-says-when.ts';
import { isOpaque } from '#src/lib/mcp/readiness/known-to-callers.ts';
import type { Parameter } from '#src/lib/mcp/readiness/parameters.ts';
import { isDescribed } from '#src/lib/mcp/readiness/parameters-described.ts';
import { effectOfName, someOf, wordsOf } from '#src/lib/mcp/readiness/words.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

/** A schema with more is not mended by a sentence for each. */
const mostRewritten = 50;

/**
 * A better definition by rule, to compare and copy into the server: a sentence that says when to call it, descriptions for bare
 * parameters, a hint of the effect. Null where these rules have nothing to add.
 */
export function rewriteDefinition(definition: ToolDefinition, parameters: readonly Parameter[]): ToolDefinition | null {
  const description = betterDescription(definition, parameters);
  const inputSchema = describedSchema(definition, parameters);
  const annotations = hinted(definition);
  if (!description && !inputSchema && !annotations) return null;
  return {
    ...definition,
    ...(description ? { description } : {}),
    ...(inputSchema ? { inputSchema } : {}),
    ...(annotations ? { annotations } : {}),
  };
}

function betterDescription(definition: ToolDefinition, parameters: readonly Parameter[]): string | null {
  if ((definition.description ?? '').length > 1_000) return null;
  const { ok, points } = descriptionSaysWhen({ definition, parameters, facts: {} });
  if (ok) return null;
  const words = wordsOf(definition.title ?? definition.name) || 'do this';
  const own = (definition.description ?? '').trim();
  const what = points > 5 ? own : `${sentence(words)}${own && wordsOf(own) !== words ? ` ${sentence(own)}` : ''}`;
  return `${/[.!?]$/.test(what) ? what : `${what}.`} Use this when the caller asks to ${words}.`;
}

function describedSchema(definition: ToolDefinition, parameters: readonly Parameter[]) {
  const { properties } = definition.inputSchema;
  const bare = parameters.filter((parameter) => !isDescribed(parameter));
  if (typeof properties !== 'object' || properties === null || bare.length === 0 || parameters.length > mostRewritten)
    return null;
  const better = new Map(bare.map((parameter) => [parameter.name, parameterWords(parameter)]));
  return {
    ...definition.inputSchema,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [
        name,
        better.has(name) && typeof schema === 'object' && schema !== null
          ? { ...schema, description: better.get(name) }
          : schema,
      ]),
    ),
  };
}

function parameterWords(parameter: Parameter): string {
  const { name, schema, description } = parameter;
  const plain = wordsOf(name);
  if (schema.type === 'boolean') return `${sentence(description || plain)} True or false.`;
  const what = sentence(description && wordsOf(description) !== plain ? description : `the ${plain}`);
  const values = Array.isArray(schema.enum) ? schema.enum.filter((value) => typeof value === 'string') : [];
  if (values.length > 0) return `${what} One of: ${someOf(values, 10)}.`;
  if (isOpaque(parameter)) return `${what} It comes from an earlier result: never ask the caller for it.`;
  if (schema.format === 'date' || /(^| )(date|day)( |$)/.test(plain)) return `${what} As YYYY-MM-DD.`;
  if (schema.format === 'date-time' || /(^| )(time|timestamp)( |$)/.test(plain)) return `${what} As YYYY-MM-DDTHH:MM.`;
  if (schema.type === 'number' || schema.type === 'integer') return `${what} A number.`;
  return `${what} In the caller's own words.`;
}

function hinted({ name, annotations }: ToolDefinition): ToolDefinition['annotations'] | null {
  if (annotations?.readOnlyHint !== undefined || annotations?.destructiveHint !== undefined) return null;
  const effect = effectOfName(name);
  return effect === null ? null : { ...annotations, readOnlyHint: effect === 'read' };
}

function sentence(text: string): string {
  const trimmed = text.trim();
  const start = `${trimmed.slice(0, 1).toUpperCase()}${trimmed.slice(1)}`;
  return /[.!?]$/.test(start) ? start : `${start}.`;
}
