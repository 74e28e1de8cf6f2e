import { expect, test } from 'vitest';
import { type OutputFilter, outputFilterTextSchema, writeOutputFilter } from '#src/lib/mcp/output-filter.ts';
import { filterResult } from '#src/server/tools/filter-result.ts';
import { redactText } from '#src/server/tools/redact-text.ts';
import { shapeResult } from '#src/server/tools/shape-result.ts';

const filtered = (filter: OutputFilter, structuredContent: unknown, texts: string[] = []) =>
  filterResult(
    { content: texts.map((text) => ({ type: 'text', text })), structuredContent, isError: false },
    writeOutputFilter(filter),
  );
const textOf = (filter: OutputFilter, text: string) => {
  const { result, problem } = filtered(filter, undefined, [text]);
  return problem ?? shapeResult(result);
};

test('only the fields that were picked are left, in structure and in text [X6]', () => {
  const order = {
    total: 12,
    customer: { name: 'Ann', card: '4111' },
    items: [
      { name: 'funghi', price: 9 },
      { name: 'cola', price: 3 },
    ],
  };
  const { result } = filtered({ fields: ['total', 'items[].name', 'customer.name', 'missing'] }, order, [
    JSON.stringify(order),
    'Two things were ordered.',
  ]);
  const left = { total: 12, items: [{ name: 'funghi' }, { name: 'cola' }], customer: { name: 'Ann' } };
  expect(result.structuredContent).toEqual(left);
  expect(result.content).toEqual([
    { type: 'text', text: JSON.stringify(left) },
    { type: 'text', text: 'Two things were ordered.' },
  ]);
  expect(filtered({ fields: ['[].id'] }, [{ id: 1, x: 2 }, { id: 2 }]).result.structuredContent).toEqual([
    { id: 1 },
    { id: 2 },
  ]);
  expect(filtered({ fields: ['nothing'] }, order).result.structuredContent).toEqual({});
  expect(filtered({ fields: ['toString', '__proto__.x'] }, order).result.structuredContent).toEqual({});
});

test.each([
  ['Card 4111 1111 1111 1111, thanks', 'Card [card number], thanks'],
  ['4111111111111111', '[card number]'],
  ['5500-0000-0000-0004.', '[card number].'],
  ['order 1234 4111 1111 1111 1111', 'order 1234 [card number]'],
  ['378282246310005 and 6011111111111117', '[card number] and [card number]'],
  ['4111 1111 1111 1112', '4111 1111 1111 1112'],
  ['0000000000000000', '0000000000000000'],
  ['write to anna.b+x@mail.example.co.uk!', 'write to [e-mail address]!'],
  ['a @ b', 'a @ b'],
  ['call +44 20 7946 0958 now', 'call [phone number] now'],
  ['(555) 010-9999', '[phone number]'],
  ['030 1234567', '[phone number]'],
  ['2026-11-21 at 19:30, 1763735432 s, table 12', '2026-11-21 at 19:30, 1763735432 s, table 12'],
])('what is private is taken out of: %s [X6]', (text, left) => {
  expect(redactText(text, ['card', 'email', 'phone'])).toBe(left);
});

test('redaction reaches every text of a result, names of fields and numbers too, and no picture [X6]', () => {
  const { result } = filterResult(
    {
      content: [
        { type: 'text', text: 'mail a@b.example' },
        { type: 'resource', resource: { uri: 'x://a@b.example', text: 'a@b.example', blob: 'a@b.example' } },
        { type: 'image', mimeType: 'image/png', data: 'a@b.example' },
      ],
      structuredContent: { type: 'person', data: 'a@b.example', 'a@b.example': [4111111111111111, 7] },
      isError: false,
    },
    writeOutputFilter({ redact: ['email', 'card'] }),
  );
  expect(result).toEqual({
    content: [
      { type: 'text', text: 'mail [e-mail address]' },
      { type: 'resource', resource: { uri: 'x://[e-mail address]', text: '[e-mail address]', blob: 'a@b.example' } },
      { type: 'image', mimeType: 'image/png', data: 'a@b.example' },
    ],
    structuredContent: { type: 'person', data: '[e-mail address]', '[e-mail address]': ['[card number]', 7] },
    isError: false,
  });
});

test('white space is trimmed, own patterns are taken out, and what is too long is cut at a word [X6]', () => {
  expect(textOf({ trim: true }, '  a   b \n\n\n  c ')).toBe('a b\nc');
  expect(textOf({ patterns: ['PO-\\d+', 'x*'] }, 'see PO-123 there')).toBe('see [removed] there');
  expect(textOf({ maxChars: 11 }, 'twelve words')).toBe('twelve word\n[cut off: 1 more characters]');
  expect(textOf({ maxChars: 12 }, 'seven left of the margherita')).toBe('seven left\n[cut off: 18 more characters]');
  const { result } = filtered({ maxChars: 10 }, { left: 'a great many of them' });
  expect(result).toEqual({ content: [{ type: 'text', text: expect.stringContaining('[cut off:') }], isError: false });
});

test('a pattern that never ends is stopped, and nothing that it should have hidden is shown [X6] [K5]', () => {
  const began = performance.now();
  const { result, problem } = filtered({ patterns: ['^(a+)+$'] }, undefined, [`${'a'.repeat(40)}!`]);
  expect(problem).toBe('too-slow');
  expect(shapeResult(result)).toMatch(/answer is withheld/);
  expect(performance.now() - began).toBeLessThan(3_000);
});

test('a filter that cannot be read never loses the call [X6]', () => {
  const result = { content: [{ type: 'text', text: 'secret' }], isError: false };
  expect(filterResult(result, 'nonsense')).toMatchObject({ problem: 'failed', result: { isError: false } });
  expect(JSON.stringify(filterResult(result, '{"fields":7}'))).not.toContain('secret');
  expect(filterResult(result, null)).toEqual({ result });
});

test('only a filter that can be read is stored [X6]', () => {
  for (const bad of ['x', '{"patterns":["("]}', '{"maxChars":0}', '{"other":1}', '{"redact":["name"]}'])
    expect(outputFilterTextSchema.safeParse(bad).success).toBe(false);
  const filter: OutputFilter = { fields: ['a'], redact: ['card'], patterns: ['x'], trim: true, maxChars: 5 };
  expect(outputFilterTextSchema.parse(writeOutputFilter(filter))).toBe(JSON.stringify(filter));
  expect(writeOutputFilter({ fields: [], trim: false })).toBeNull();
});
