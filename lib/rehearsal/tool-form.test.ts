import { expect, test } from 'vitest';
import { argumentsOf, nextSlot, slotsNow } from '#src/lib/rehearsal/open-slots.ts';
import { slotKey } from '#src/lib/rehearsal/slot.ts';
import { toolForm } from '#src/lib/rehearsal/tool-form.ts';

const kinds = (properties: Record<string, unknown>): string[] =>
  toolForm({ type: 'object', properties }).slots.map(({ kind }) => kind.type);

test('the kind of a value is known from its schema and its name', () => {
  expect(
    kinds({
      size: { enum: ['small', 'large'] },
      level: {
        oneOf: [
          { const: 1, title: 'low' },
          { const: 2, title: 'high' },
        ],
      },
      guests: { type: 'integer' },
      maybe: { type: ['number', 'null'] },
      gift: { type: 'boolean' },
      start: { type: 'string', format: 'date-time' },
      day: { type: 'string' },
      arrival_time: { type: 'string' },
      order_id: { type: 'string' },
      phone: { type: 'string' },
      comment: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      anything: {},
    }),
  ).toEqual([
    'choice',
    'choice',
    'number',
    'number',
    'boolean',
    'date-time',
    'date',
    'time',
    'code',
    'code',
    'text',
    'text',
  ]);
});

test('nested objects are laid flat, references followed, rows kept apart', () => {
  const form = toolForm({
    type: 'object',
    $defs: { person: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] } },
    properties: {
      guest: { $ref: '#/$defs/person' },
      lines: {
        type: 'array',
        items: { type: 'object', properties: { sku: { type: 'string' }, n: { type: 'integer' } }, required: ['sku'] },
      },
      tags: { type: 'array', items: { enum: ['a', 'b'] } },
    },
    required: ['guest', 'lines'],
  });
  expect(form.slots.map((slot) => [slotKey(slot.path), slot.label, slot.required, slot.many])).toEqual([
    ['guest.name', 'guest name', true, false],
    ['tags', 'tags', false, true],
  ]);
  expect(slotsNow(form, new Map([['lines.0.sku', 'x']])).map((slot) => slotKey(slot.path))).toEqual([
    'guest.name',
    'tags',
    'lines.0.sku',
    'lines.0.n',
    'lines.#more.0',
  ]);
});

test('constants and defaults are not asked for', () => {
  const form = toolForm({
    type: 'object',
    properties: { kind: { const: 'order' }, unit: { type: 'string', default: 'kg' }, n: { type: 'integer' } },
    required: ['kind', 'unit', 'n'],
  });
  expect(nextSlot(form, new Map())?.label).toBe('n');
  expect(argumentsOf(form, new Map([['n', 2]]))).toEqual({ kind: 'order', unit: 'kg', n: 2 });
});

test('a schema that goes round in circles, or is none, ends', () => {
  const circle = {
    type: 'object',
    properties: { child: { $ref: '#' }, name: { type: 'string' } },
    required: ['child'],
  };
  expect(toolForm(circle).slots.length).toBeLessThanOrEqual(30);
  for (const schema of [
    {},
    { properties: null },
    { type: 'array' },
    { properties: { a: null, b: 7, c: { $ref: '#/no/where' }, d: { $ref: 'https://example.org' } } },
  ]) {
    expect(toolForm(schema).slots.length).toBeLessThanOrEqual(4);
  }
});
