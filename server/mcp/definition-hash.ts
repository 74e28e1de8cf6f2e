import { createHash } from 'node:crypto';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

/** SHA-256 over the canonical JSON of all that a model would be told of a tool, its server's instructions included. */
export function definitionHash(definition: ToolDefinition, serverInstructions: string | null): string {
  const { name, title, description, inputSchema, outputSchema, annotations } = definition;
  return createHash('sha256')
    .update(canonicalJson({ name, title, description, inputSchema, outputSchema, annotations, serverInstructions }))
    .digest('hex');
}

/** JSON with sorted keys and without undefined, so that equal values have equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`;
  if (value !== null && typeof value === 'object')
    return `{${Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`)
      .join(',')}}`;
  return JSON.stringify(value ?? null);
}
