import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';

export const confirmationWords: Record<ToolPolicy['confirmation'], string> = {
  never: 'Never',
  caller: 'Caller says yes',
  operator: 'A person',
  'caller-then-operator': 'Caller, then a person',
};

export type ToolParameter = { name: string; type: string; required: boolean; description: string | null };

/** The parameters of a tool, one level deep, in words. */
export function toolParameters(tool: ToolDefinition): ToolParameter[] {
  const schema = tool.inputSchema;
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(record(schema.properties)).map(([name, one]) => {
    const property = record(one);
    return {
      name,
      type: typeWords(property),
      required: required.includes(name),
      description: typeof property.description === 'string' ? property.description : null,
    };
  });
}

function typeWords(property: Record<string, unknown>): string {
  if (Array.isArray(property.enum)) return `one of ${property.enum.map(String).join(', ')}`;
  if (property.type === 'array') return `list of ${typeWords(record(property.items))}`;
  if (typeof property.type === 'string')
    return property.format ? `${property.type}, ${String(property.format)}` : property.type;
  return Array.isArray(property.type) ? property.type.join(' or ') : 'anything';
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
