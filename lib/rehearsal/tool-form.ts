import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';
import type { Slot, SlotKind, ToolForm } from '#src/lib/rehearsal/slot.ts';
import { identifierWords } from '#src/lib/rehearsal/words.ts';

const mostSlots = 30;
const mostDepth = 4;

/**
 * What a tool wants to know, from its input schema: nested objects are laid flat, a list of objects becomes rows.
 * Schemas may be anything a server sends; what is not understood is asked for as text.
 */
export function toolForm(inputSchema: JsonSchema): ToolForm {
  const form: ToolForm = { slots: [], rows: [], fixed: [] };
  readObject(inputSchema, { path: [], required: true, depth: 0, root: inputSchema, outer: '' }, form);
  return form;
}

type Place = { path: Slot['path']; required: boolean; depth: number; root: JsonSchema; outer: string };

function readObject(schema: JsonSchema, place: Place, form: ToolForm): void {
  const properties = asObject(schema.properties);
  const required = new Set(asList(schema.required));
  for (const [name, given] of Object.entries(properties)) {
    if (form.slots.length >= mostSlots) return;
    const path = [...place.path, name];
    const isRequired = place.required && required.has(name);
    readProperty(
      name,
      resolve(given, place.root),
      { ...place, path, required: isRequired, depth: place.depth + 1 },
      form,
    );
  }
}

function readProperty(name: string, schema: JsonSchema, place: Place, form: ToolForm): void {
  const { path, required } = place;
  if ('const' in schema) {
    if (required) form.fixed.push({ path, value: schema.const });
    return;
  }
  // A default is what the server takes when nobody says anything: then nobody is asked.
  if (required && schema.default !== undefined) form.fixed.push({ path, value: schema.default });
  const asked = required && schema.default === undefined;
  const type = typeOf(schema);
  if (type === 'object') {
    if (place.depth < mostDepth && Object.keys(asObject(schema.properties)).length > 0) {
      readObject(schema, { ...place, outer: label(place.outer, name) }, form);
    }
    return;
  }
  if (type === 'array') {
    const items = resolve(schema.items, place.root);
    if (typeOf(items) === 'object') readRows(name, items, { ...place, required: asked }, form);
    else form.slots.push(slot(name, items, { ...place, required: asked }, text(schema.description), true));
    return;
  }
  form.slots.push(slot(name, schema, { ...place, required: asked }, text(schema.description), false));
}

function readRows(name: string, items: JsonSchema, place: Place, form: ToolForm): void {
  const row: ToolForm = { slots: [], rows: [], fixed: [] };
  if (place.depth < mostDepth) readObject(items, { ...place, path: [], required: true, outer: '' }, row);
  if (row.slots.length > 0)
    form.rows.push({ path: place.path, label: identifierWords(name), required: place.required, slots: row.slots });
}

function slot(name: string, schema: JsonSchema, place: Place, description: string, many: boolean): Slot {
  const about = [identifierWords(name), text(schema.title), description, many ? text(schema.description) : '']
    .filter(Boolean)
    .join('. ');
  return {
    path: place.path,
    label: label(place.outer, name),
    about,
    required: place.required,
    kind: kindOf(name, schema, about),
    many,
  };
}

function kindOf(name: string, schema: JsonSchema, about: string): SlotKind {
  const choices = choicesOf(schema);
  if (choices.length > 0) return { type: 'choice', choices };
  const type = typeOf(schema);
  if (type === 'boolean') return { type: 'boolean' };
  if (type === 'integer' || type === 'number') {
    const min = number(schema.minimum) ?? number(schema.exclusiveMinimum);
    return {
      type: 'number',
      whole: type === 'integer',
      min,
      max: number(schema.maximum) ?? number(schema.exclusiveMaximum),
    };
  }
  return textKind(name, schema, about);
}

function textKind(name: string, schema: JsonSchema, about: string): SlotKind {
  const pattern = typeof schema.pattern === 'string' ? schema.pattern : null;
  const words = ` ${identifierWords(name)} `;
  const format = text(schema.format);
  if (format === 'date-time' || (!format && / (?:datetime|timestamp|date time) /.test(words)))
    return { type: 'date-time', pattern };
  if (format === 'date' || (!format && / (?:date|day) /.test(words))) return { type: 'date', pattern };
  if (format === 'time' || (!format && / time /.test(words) && !/zone/.test(words)))
    return { type: 'time', pattern, full: format === 'time' };
  const examples = examplesOf(schema, about);
  const digitsOnly =
    / (?:phone|telephone|mobile|pin|zip|postcode) /.test(words) ||
    /digits only/i.test(about) ||
    /^\^?(?:\\d|\[0-9\])[+*{}\d,]*\$?$/.test(pattern ?? '');
  if (digitsOnly || / (?:id|ids|number|code|ref|reference|key|uuid|sku|iban) $/.test(words)) {
    return { type: 'code', pattern, example: examples.find((one) => /\d/.test(one)) ?? null, digitsOnly };
  }
  return { type: 'text', isName: / (?:name|who|guest|customer|person|contact) /.test(words), examples };
}

function choicesOf(schema: JsonSchema): { value: string | number | boolean; words: string }[] {
  const variants = [...asSchemas(schema.oneOf), ...asSchemas(schema.anyOf)];
  const named = variants.flatMap((one) =>
    'const' in one && isPlain(one.const) ? [{ value: one.const, words: text(one.title) || sayable(one.const) }] : [],
  );
  if (named.length > 0 && named.length === variants.filter((one) => typeOf(one) !== 'null').length) return named;
  const listed = Array.isArray(schema.enum) ? schema.enum.filter(isPlain) : [];
  return listed.slice(0, 500).map((value) => ({ value, words: sayable(value) }));
}

function sayable(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  return /^\d{1,2}:\d{2}$/.test(value)
    ? value
    : value
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .replace(/[_-]+/g, ' ')
        .toLowerCase();
}

/** Values that the schema names: examples, a default, and what its description quotes or gives as an example. */
function examplesOf(schema: JsonSchema, about: string): string[] {
  const quoted = [...about.matchAll(/["'“‘`]([^"'“”‘’`]{2,40})["'”’`]/g)].map((match) => match[1] ?? '');
  const given = /(?:e\.g\.|for example|for instance|such as|like)[:,]?\s+([^.;()]{2,80})/i.exec(about)?.[1] ?? '';
  const named = given.split(/,|\bor\b|\band\b/).map((one) => one.trim().replace(/^["'“‘`]|["'”’`]$/g, ''));
  const listed = [...(Array.isArray(schema.examples) ? schema.examples : []), schema.default].filter(
    (one) => typeof one === 'string',
  );
  return [...new Set([...listed, ...quoted, ...named])].filter((one) => one.length > 1 && one.length <= 40);
}

/** Follows a local reference, and takes the part of a union that is not null. */
function resolve(given: unknown, root: JsonSchema): JsonSchema {
  let schema = asObject(given);
  for (let step = 0; step < 8; step++) {
    if (typeof schema.$ref === 'string') {
      const { $ref, ...rest } = schema;
      schema = { ...lookUp(schema.$ref, root), ...rest };
      continue;
    }
    const variants = [...asSchemas(schema.anyOf), ...asSchemas(schema.oneOf)].filter((one) => typeOf(one) !== 'null');
    if (schema.type === undefined && variants.length > 0 && !variants.every((one) => 'const' in one)) {
      const { anyOf, oneOf, ...rest } = schema;
      schema = { ...variants[0], ...rest };
      continue;
    }
    const all = asSchemas(schema.allOf);
    if (all.length === 0) return schema;
    const { allOf, ...rest } = schema;
    schema = { ...Object.assign({}, ...all), ...rest };
  }
  return schema;
}

function lookUp(reference: string, root: JsonSchema): JsonSchema {
  if (!reference.startsWith('#')) return {};
  let found: unknown = root;
  for (const step of reference.slice(1).split('/').filter(Boolean)) {
    found = asObject(found)[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return asObject(found);
}

function typeOf(schema: JsonSchema): string {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const named = types.find((one) => typeof one === 'string' && one !== 'null') ?? types[0];
  if (typeof named === 'string') return named;
  if (schema.properties) return 'object';
  return schema.items ? 'array' : 'string';
}

function label(outer: string, name: string): string {
  return [outer, identifierWords(name)].filter(Boolean).join(' ');
}

function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function asSchemas(value: unknown): JsonSchema[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 500) : '';
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
