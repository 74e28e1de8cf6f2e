import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';

export type ToolParameters = {
  type: 'object';
  properties: Record<string, JsonSchema>;
  required: string[];
  additionalProperties: true;
};

/** Keywords that one model provider or another refuses; they narrow what is allowed, and the server still checks. */
const dropped = new Set([
  '$schema',
  '$id',
  '$anchor',
  '$comment',
  '$defs',
  'definitions',
  '$dynamicRef',
  '$dynamicAnchor',
  'if',
  'then',
  'else',
  'not',
  'dependentSchemas',
  'dependentRequired',
  'dependencies',
  'unevaluatedProperties',
  'unevaluatedItems',
  'patternProperties',
  'propertyNames',
  'contains',
  'minContains',
  'maxContains',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'examples',
  'readOnly',
  'writeOnly',
  'deprecated',
]);
const mostDepth = 24;

/**
 * A server's input schema in the form that every model provider takes: an object at the root, local references put in
 * place, unions under one name, nothing left out that a provider asks for. One odd schema must not fail a request (X3).
 */
export function toolParameters(schema: JsonSchema): ToolParameters {
  const walked = foldRoot(walk(schema, { root: schema, path: [], depth: 0 }));
  const properties = isObject(walked.properties)
    ? Object.fromEntries(Object.entries(walked.properties).map(([name, inner]) => [name, asSchema(inner)]))
    : {};
  const required = strings(walked.required).filter((name) => name in properties);
  const { type: _type, enum: _enum, ...rest } = walked;
  return { ...rest, type: 'object', properties, required, additionalProperties: true };
}

type At = { root: JsonSchema; path: string[]; depth: number };

function walk(schema: unknown, at: At): JsonSchema {
  if (schema === false) return { type: 'string', enum: [''] };
  if (!isObject(schema) || at.depth > mostDepth) return {};
  const deeper = { ...at, depth: at.depth + 1 };
  const { $ref, ...rest } = schema;
  if (typeof $ref === 'string') {
    const target = at.path.includes($ref) ? null : resolve(at.root, $ref);
    if (!target) return walk({ type: 'object', ...rest }, deeper);
    return walk({ ...target, ...rest }, { ...deeper, path: [...at.path, $ref] });
  }
  return complete(rebuild(rest, deeper));
}

function rebuild(schema: JsonSchema, at: At): JsonSchema {
  let out: JsonSchema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (dropped.has(keyword)) continue;
    if (keyword === 'properties' && isObject(value)) {
      out.properties = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, walk(inner, at)]));
    } else if (keyword === 'items') {
      out.items = Array.isArray(value) ? { anyOf: value.map((inner) => walk(inner, at)) } : walk(value, at);
    } else if (keyword === 'prefixItems' && Array.isArray(value)) {
      out.items ??= { anyOf: value.map((inner) => walk(inner, at)) };
    } else if ((keyword === 'oneOf' || keyword === 'anyOf') && Array.isArray(value)) {
      out.anyOf = [...array(out.anyOf), ...value.map((inner) => walk(inner, at))];
    } else if (keyword === 'allOf' && Array.isArray(value)) {
      for (const inner of value) out = merge(out, walk(inner, at));
    } else if (keyword === 'additionalProperties') {
      out.additionalProperties = isObject(value) ? walk(value, at) : value;
    } else if (keyword === 'const') out.enum = [value];
    else if (keyword === 'required') {
      if (Array.isArray(value)) out.required = [...new Set([...strings(out.required), ...strings(value)])];
    } else if ((keyword === 'exclusiveMinimum' || keyword === 'exclusiveMaximum') && typeof value === 'boolean') {
    } else out[keyword] = value;
  }
  return out;
}

/** Providers ask for items of an array, properties of an object and the type of an enumeration. */
function complete(schema: JsonSchema): JsonSchema {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (types.includes('array') && !isObject(schema.items)) schema.items = {};
  if (types.includes('object') && !isObject(schema.properties)) schema.properties = {};
  if (Array.isArray(schema.enum) && schema.type === undefined && schema.anyOf === undefined) {
    const kinds = [
      ...new Set(
        schema.enum.map((value) => (value === null ? 'null' : Number.isInteger(value) ? 'integer' : typeof value)),
      ),
    ];
    schema.type = kinds.length === 1 ? kinds[0] : kinds;
  }
  return schema;
}

/** A root that is a choice of objects becomes one object with the properties of all. */
function foldRoot(schema: JsonSchema): JsonSchema {
  const { anyOf, ...rest } = schema;
  const choices = array(anyOf)
    .filter(isObject)
    .filter((choice) => isObject(choice.properties) || choice.type === 'object');
  if (choices.length === 0) return rest;
  const everywhere = choices
    .map((choice) => strings(choice.required))
    .reduce((a, b) => a.filter((name) => b.includes(name)));
  return merge(
    { properties: Object.assign({}, ...choices.map((choice) => choice.properties ?? {})), required: everywhere },
    rest,
  );
}

function merge(a: JsonSchema, b: JsonSchema): JsonSchema {
  const properties = {
    ...(isObject(a.properties) ? a.properties : {}),
    ...(isObject(b.properties) ? b.properties : {}),
  };
  const required = [...new Set([...strings(a.required), ...strings(b.required)])];
  return {
    ...a,
    ...b,
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required } : {}),
  };
}

function resolve(root: JsonSchema, ref: string): JsonSchema | null {
  if (ref === '#') return root;
  if (!ref.startsWith('#/')) return null;
  let at: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    const name = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isObject(at) ? at[name] : Array.isArray(at) ? at[Number(name)] : undefined;
  }
  return isObject(at) ? at : null;
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asSchema(value: unknown): JsonSchema {
  return isObject(value) ? value : {};
}

function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function strings(value: unknown): string[] {
  return array(value).filter((item): item is string => typeof item === 'string');
}
