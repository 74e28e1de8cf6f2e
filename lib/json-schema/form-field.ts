import { isRecord } from '#src/lib/json-schema/is-record.ts';
import { resolveRef } from '#src/lib/json-schema/resolve-ref.ts';
import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';

type Meta = { title: string | null; description: string | null; initial: unknown };

/** One input of a form made from a JSON Schema. */
export type FormField = Meta &
  (
    | { kind: 'text'; format: string | null; long: boolean; pattern: string | null }
    | { kind: 'number'; whole: boolean; min: number | null; max: number | null }
    | { kind: 'yes-no' }
    | { kind: 'choice'; options: { label: string; value: unknown }[] }
    | { kind: 'object'; fields: { name: string; required: boolean; field: FormField }[]; left: number }
    | { kind: 'list'; item: FormField }
    | { kind: 'variant'; variants: { label: string; field: FormField }[] }
    /** What no input can be made for: written as JSON. */
    | { kind: 'json'; why: string }
  );

const deepest = 5;
const mostFields = 60;
const mostOptions = 200;

/**
 * The form of a JSON Schema (2020-12): nested objects, lists, `$ref` within the document, `oneOf`, `anyOf`, `allOf`,
 * enumerations and constants. What goes deeper than five levels, or round in a circle, is written as JSON.
 */
export function formField(schema: JsonSchema): FormField {
  return build(schema, { root: schema, depth: 0, refs: [] });
}

type Place = { root: JsonSchema; depth: number; refs: string[] };

function build(given: unknown, place: Place): FormField {
  if (!isRecord(given)) return { ...metaOf({}), kind: 'json', why: 'Anything is taken here.' };
  const ref = typeof given.$ref === 'string' ? given.$ref : null;
  if (ref !== null) {
    if (place.refs.includes(ref)) return { ...metaOf(given), kind: 'json', why: 'This part refers to itself.' };
    const target = resolveRef(place.root, ref);
    if (!target) return { ...metaOf(given), kind: 'json', why: `The schema has no ${ref}.` };
    const { $ref: _, ...beside } = given;
    return build({ ...target, ...beside }, { ...place, refs: [...place.refs, ref] });
  }
  const schema = Array.isArray(given.allOf) ? merged(given, given.allOf, place.root) : given;
  const meta = metaOf(schema);
  if (place.depth > deepest) return { ...meta, kind: 'json', why: 'This part lies too deep for a form.' };
  const inner = { ...place, depth: place.depth + 1 };

  if ('const' in schema) return { ...meta, kind: 'choice', options: [option(schema.const)] };
  if (Array.isArray(schema.enum))
    return { ...meta, kind: 'choice', options: schema.enum.slice(0, mostOptions).map(option) };
  const variants = Array.isArray(schema.oneOf) ? schema.oneOf : Array.isArray(schema.anyOf) ? schema.anyOf : null;
  if (variants) return fromVariants(schema, variants, meta, inner);
  const types = typesOf(schema);
  const [first] = types.filter((type) => type !== 'null');
  if (types.filter((type) => type !== 'null').length > 1)
    return {
      ...meta,
      kind: 'variant',
      variants: types.map((type) => ({ label: type, field: build({ ...schema, type }, inner) })),
    };
  if (first === 'object') return fromObject(schema, meta, inner);
  if (first === 'array') return { ...meta, kind: 'list', item: build(schema.items ?? {}, inner) };
  if (first === 'boolean') return { ...meta, kind: 'yes-no' };
  if (first === 'number' || first === 'integer')
    return {
      ...meta,
      kind: 'number',
      whole: first === 'integer',
      min: numberOf(schema.minimum),
      max: numberOf(schema.maximum),
    };
  if (first === 'string')
    return {
      ...meta,
      kind: 'text',
      format: textOf(schema.format),
      long: (numberOf(schema.maxLength) ?? 0) > 200,
      pattern: textOf(schema.pattern),
    };
  return { ...meta, kind: 'json', why: 'Anything is taken here.' };
}

function fromObject(schema: JsonSchema, meta: Meta, place: Place): FormField {
  const properties = isRecord(schema.properties) ? Object.entries(schema.properties) : [];
  if (properties.length === 0 && place.depth > 1) return { ...meta, kind: 'json', why: 'Any fields are taken here.' };
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const sorted = properties.toSorted(([a], [b]) => Number(required.has(b)) - Number(required.has(a)));
  return {
    ...meta,
    kind: 'object',
    fields: sorted
      .slice(0, mostFields)
      .map(([name, one]) => ({ name, required: required.has(name), field: build(one, place) })),
    left: Math.max(0, sorted.length - mostFields),
  };
}

function fromVariants(schema: JsonSchema, variants: unknown[], meta: Meta, place: Place): FormField {
  const { oneOf: _one, anyOf: _any, ...beside } = schema;
  const real = variants.filter((one) => !(isRecord(one) && one.type === 'null'));
  // `anyOf` of constants is how some libraries write an enumeration with titles.
  if (real.length > 0 && real.every((one) => isRecord(one) && 'const' in one))
    return {
      ...meta,
      kind: 'choice',
      options: real.slice(0, mostOptions).map((one) => ({
        ...option(isRecord(one) ? one.const : null),
        ...(isRecord(one) && typeof one.title === 'string' ? { label: one.title } : {}),
      })),
    };
  const fields = real.slice(0, 20).map((one, index) => {
    const field = build(isRecord(one) ? withShared(beside, one) : one, place);
    return { label: field.title ?? (isRecord(one) ? typesOf(one).join(' or ') : '') ?? `Form ${index + 1}`, field };
  });
  const [only] = fields;
  if (fields.length === 1 && only) return { ...only.field, ...withoutNull(meta) };
  return {
    ...meta,
    kind: 'variant',
    variants: fields.map((one, i) => ({ ...one, label: one.label || `Form ${i + 1}` })),
  };
}

/** What stands beside `oneOf` counts for each of its forms. */
const withShared = (beside: JsonSchema, one: JsonSchema): JsonSchema => {
  const { title: _title, description: _description, default: _default, ...rest } = beside;
  return { ...rest, ...one };
};

const withoutNull = (meta: Meta): Partial<Meta> => ({
  ...(meta.title === null ? {} : { title: meta.title }),
  ...(meta.description === null ? {} : { description: meta.description }),
  ...(meta.initial === undefined ? {} : { initial: meta.initial }),
});

function merged(schema: JsonSchema, parts: unknown[], root: JsonSchema): JsonSchema {
  const { allOf: _, ...own } = schema;
  const all = [...parts.slice(0, 20).map((part) => dereferenced(part, root)), own];
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map((part) => (isRecord(part.properties) ? part.properties : {}))),
    required: all.flatMap((part) => (Array.isArray(part.required) ? part.required : [])),
    type: own.type ?? all.find((part) => part.type)?.type ?? 'object',
  };
}

function dereferenced(part: unknown, root: JsonSchema): JsonSchema {
  if (!isRecord(part)) return {};
  return typeof part.$ref === 'string' ? (resolveRef(root, part.$ref) ?? {}) : part;
}

function typesOf(schema: JsonSchema): string[] {
  if (typeof schema.type === 'string') return [schema.type];
  if (Array.isArray(schema.type)) return schema.type.filter((type) => typeof type === 'string');
  if (isRecord(schema.properties)) return ['object'];
  return 'items' in schema ? ['array'] : [];
}

function metaOf(schema: JsonSchema): Meta {
  const [example] = Array.isArray(schema.examples) ? schema.examples : [];
  return {
    title: textOf(schema.title),
    description: textOf(schema.description),
    initial: 'default' in schema ? schema.default : 'const' in schema ? schema.const : example,
  };
}

const option = (value: unknown) => ({ label: typeof value === 'string' ? value : JSON.stringify(value), value });
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);
