import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';
import { toolParameters } from '#src/server/models/tool-parameters.ts';

const odd: Record<string, JsonSchema> = {
  'nothing at all': {},
  'no properties': { type: 'object' },
  'a root that is a string': { type: 'string' },
  'a choice at the root': {
    oneOf: [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      { type: 'object', properties: { b: { type: 'string' } } },
    ],
  },
  'a choice of what is required': {
    type: 'object',
    properties: { route: { type: 'string' }, file: { type: 'string' } },
    anyOf: [{ required: ['route'] }, { required: ['file'] }],
  },
  'a reference to itself': {
    type: 'object',
    properties: { node: { $ref: '#/$defs/N' } },
    $defs: { N: { type: 'object', properties: { children: { type: 'array', items: { $ref: '#/$defs/N' } } } } },
  },
  'a reference at the root': {
    $ref: '#/definitions/X',
    definitions: { X: { type: 'object', properties: { z: { type: 'integer' } } } },
  },
  'a reference to nowhere': { type: 'object', properties: { a: { $ref: 'https://example.com/x.json' } } },
  'a tuple': {
    type: 'object',
    properties: { t: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] } },
  },
  'an array of nothing': { type: 'object', properties: { t: { type: 'array' } } },
  'all of': {
    allOf: [
      { type: 'object', properties: { a: { type: 'string' } }, required: ['a'] },
      { properties: { b: { type: 'number' } } },
    ],
  },
  'constants and numbers in an enumeration': { type: 'object', properties: { k: { const: 'x' }, n: { enum: [1, 2] } } },
  'a property that may be anything': { type: 'object', properties: { any: true } },
  'an old way to require': { type: 'object', properties: { q: { type: 'string', required: false } } },
  'an old way to exclude': {
    type: 'object',
    properties: { n: { type: 'number', minimum: 0, exclusiveMinimum: true } },
  },
  conditions: {
    type: 'object',
    properties: { a: { type: 'string' } },
    if: { required: ['a'] },
    else: { required: ['b'] },
  },
};

test.each(Object.entries(odd))('%s becomes an object that compiles [X3]', (_name, schema) => {
  const made = toolParameters(schema);
  expect(made.type).toBe('object');
  expect(typeof made.properties).toBe('object');
  expect(() => new Ajv2020({ strict: false }).compile(made)).not.toThrow();
  expect(JSON.stringify(made)).not.toMatch(/"\$ref"|"oneOf"|"allOf"|"if"/);
});

test('properties, required and types are preserved [X3]', () => {
  const made = toolParameters({
    $schema: 'http://json-schema.org/draft-07/schema#',
    type: 'object',
    properties: {
      item: { type: 'string', enum: ['margherita'], description: 'A dish' },
      count: { type: 'integer', minimum: 1 },
    },
    required: ['item'],
  });
  expect(made.properties).toEqual({
    item: { type: 'string', enum: ['margherita'], description: 'A dish' },
    count: { type: 'integer', minimum: 1 },
  });
  expect(made.required).toEqual(['item']);
});

test('a choice at the root offers the properties of all and requires what all require [X3]', () => {
  const made = toolParameters({
    anyOf: [
      { type: 'object', properties: { a: { type: 'string' }, c: { type: 'string' } }, required: ['a', 'c'] },
      { type: 'object', properties: { b: { type: 'string' }, c: { type: 'string' } }, required: ['b', 'c'] },
    ],
  });
  expect(Object.keys(made.properties).sort()).toEqual(['a', 'b', 'c']);
  expect(made.required).toEqual(['c']);
});
