import { expect, test } from 'vitest';
import { formField } from '#src/lib/json-schema/form-field.ts';
import { initialValue, missingFields } from '#src/lib/json-schema/initial-value.ts';

const fieldsOf = (schema: Record<string, unknown>) => {
  const form = formField(schema);
  if (form.kind !== 'object') throw new Error('no form');
  return Object.fromEntries(form.fields.map(({ name, field }) => [name, field]));
};

test('makes inputs of types, enumerations, constants, nested objects and lists [C6]', () => {
  const fields = fieldsOf({
    type: 'object',
    required: ['size'],
    properties: {
      note: { type: 'string', maxLength: 500 },
      many: { type: 'integer', minimum: 1, maximum: 9, default: 2 },
      size: { enum: ['small', 'large'] },
      kind: { const: 'pizza' },
      guest: { type: 'object', required: ['name'], properties: { name: { type: 'string', format: 'email' } } },
      items: { type: 'array', items: { type: 'string' } },
      maybe: { type: ['string', 'null'] },
    },
  });
  expect(fields).toMatchObject({
    note: { kind: 'text', long: true },
    many: { kind: 'number', whole: true, min: 1, max: 9, initial: 2 },
    size: { kind: 'choice', options: [{ label: 'small' }, { label: 'large' }] },
    kind: { kind: 'choice', options: [{ value: 'pizza' }] },
    guest: { kind: 'object', fields: [{ name: 'name', required: true, field: { format: 'email' } }] },
    items: { kind: 'list', item: { kind: 'text' } },
    maybe: { kind: 'text' },
  });
});

test('follows $ref and allOf, offers the forms of oneOf, and reads titled constants as a choice', () => {
  const fields = fieldsOf({
    type: 'object',
    $defs: {
      card: { title: 'Card', type: 'object', properties: { number: { type: 'string' } } },
      cash: { title: 'Cash', type: 'object', properties: { amount: { type: 'number' } } },
    },
    properties: {
      pay: { oneOf: [{ $ref: '#/$defs/card' }, { $ref: '#/$defs/cash' }], description: 'How' },
      both: { allOf: [{ $ref: '#/$defs/card' }, { properties: { tip: { type: 'number' } } }] },
      colour: {
        anyOf: [
          { const: 1, title: 'red' },
          { const: 2, title: 'blue' },
        ],
      },
      optional: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
      gone: { $ref: '#/$defs/none' },
    },
  });
  expect(fields).toMatchObject({
    pay: { kind: 'variant', description: 'How', variants: [{ label: 'Card' }, { label: 'Cash' }] },
    both: { kind: 'object', fields: [{ name: 'number' }, { name: 'tip' }] },
    colour: { kind: 'choice', options: [{ label: 'red', value: 1 }, { label: 'blue' }] },
    optional: { kind: 'number', whole: true },
    gone: { kind: 'json' },
  });
});

test('a schema that goes in a circle, or has ten thousand fields, still makes a form', () => {
  const circle = formField({
    type: 'object',
    properties: { child: { $ref: '#' }, name: { type: 'string' } },
  });
  expect(JSON.stringify(circle)).toContain('refers to itself');
  const wide = formField({
    type: 'object',
    properties: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`f${i}`, { type: 'string' }])),
    required: ['f9999'],
  });
  expect(wide).toMatchObject({ kind: 'object', left: 9_940, fields: expect.objectContaining({ length: 60 }) });
  expect(wide.kind === 'object' && wide.fields[0]?.name).toBe('f9999');
  const proto = formField(JSON.parse('{"type":"object","properties":{"__proto__":{"type":"string"}}}'));
  expect(proto).toMatchObject({ fields: [{ name: '__proto__' }] });
});

test('begins with the defaults and says what is missing', () => {
  const form = formField({
    type: 'object',
    required: ['guest', 'many'],
    properties: {
      many: { type: 'integer', default: 2 },
      guest: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
      note: { type: 'string' },
    },
  });
  expect(initialValue(form)).toEqual({ many: 2, guest: {} });
  expect(missingFields(form, initialValue(form))).toEqual(['guest.name']);
  expect(missingFields(form, { many: 1, guest: { name: 'Ada' } })).toEqual([]);
});
