import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';

export type Parameter = {
  name: string;
  schema: Readonly<Record<string, unknown>>;
  description: string;
  required: boolean;
};

/** Nobody reads further, and hostile schemas end here. */
const mostParameters = 200;
const mostVariants = 10;
const mostHops = 5;

/** The parameters of a tool: its top-level properties, those of its variants too, with local references followed a few steps. */
export function parametersOf(inputSchema: JsonSchema): Parameter[] {
  const found = new Map<string, Parameter>();
  const root = resolved(inputSchema, inputSchema);
  take(found, root, inputSchema, true);
  for (const part of listOf(root.allOf)) take(found, resolved(part, inputSchema), inputSchema, true);
  // A property of one variant only is not asked for in all of them.
  for (const part of [...listOf(root.oneOf), ...listOf(root.anyOf)])
    take(found, resolved(part, inputSchema), inputSchema, false);
  return [...found.values()];
}

function take(
  found: Map<string, Parameter>,
  schema: Record<string, unknown>,
  root: JsonSchema,
  mayRequire: boolean,
): void {
  const properties = asObject(schema.properties);
  if (!properties) return;
  const required = new Set(Array.isArray(schema.required) && mayRequire ? schema.required : []);
  let taken = 0;
  for (const name in properties) {
    if (taken++ >= mostParameters) return;
    if (!Object.hasOwn(properties, name) || found.has(name)) continue;
    const outer = asObject(properties[name]) ?? {};
    const inner = resolved(outer, root);
    const description = textOf(outer.description) || textOf(inner.description);
    found.set(name, { name, schema: inner, description, required: required.has(name) });
  }
}

/** Follows `$ref` inside the same document; what leads nowhere, or on and on, stays as it is. */
function resolved(value: unknown, root: JsonSchema): Record<string, unknown> {
  let at = asObject(value) ?? {};
  for (let hop = 0; hop < mostHops && typeof at.$ref === 'string'; hop++) {
    const target = pointedAt(at.$ref, root);
    if (!target) return at;
    at = target;
  }
  return at;
}

function pointedAt(ref: string, root: JsonSchema): Record<string, unknown> | null {
  if (!ref.startsWith('#/') || ref.length > 512) return null;
  let at: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const here = asObject(at);
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!here || !Object.hasOwn(here, key)) return null;
    at = here[key];
  }
  return asObject(at);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asObject = (value: unknown): Record<string, unknown> | null => (isObject(value) ? value : null);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value.slice(0, mostVariants) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
