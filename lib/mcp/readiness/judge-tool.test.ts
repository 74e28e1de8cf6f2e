import { expect, test } from 'vitest';
import { judgeServer } from '#src/lib/mcp/readiness/judge-server.ts';
import { judgeTool } from '#src/lib/mcp/readiness/judge-tool.ts';
import type { ToolFacts } from '#src/lib/mcp/readiness/tool-facts.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

const good: ToolDefinition = {
  name: 'check_inventory',
  description: 'Says how many of a dish are left. Use this when the caller asks whether something is still there.',
  inputSchema: {
    type: 'object',
    properties: { dish: { type: 'string', description: 'The dish as it stands on the menu, such as margherita.' } },
    required: ['dish'],
  },
  annotations: { readOnlyHint: true },
};
const measured: ToolFacts = { runs: 40, p50Ms: 400, p95Ms: 900, budgetMs: 2_000, rawChars: 300 };
const reason = (definition: ToolDefinition, rule: string, facts: ToolFacts = {}) =>
  judgeTool(definition, facts).reasons.find((entry) => entry.rule === rule);
const takes = (properties: Record<string, unknown>, required = Object.keys(properties)): ToolDefinition => ({
  ...good,
  inputSchema: { type: 'object', properties, required },
});

test('a narrow, described, quick tool has the full score and nothing to rewrite [B5] [V9]', () => {
  const { score, reasons, rewrite } = judgeTool(good, measured);
  expect(reasons.filter(({ ok }) => !ok)).toEqual([]);
  expect([score, rewrite]).toEqual([100, null]);
});

test('what was not measured neither gives nor takes, and says so [B5]', () => {
  const { score, reasons } = judgeTool(good);
  expect(score).toBe(100);
  expect(reasons.filter(({ of }) => of === 0).map(({ rule }) => rule)).toEqual(['speed', 'result-size']);
  expect(reason(good, 'speed', { runs: 2, p95Ms: 9_000, budgetMs: 2_000 })?.message).toContain('2 of 5 runs');
});

test.each<[string, ToolDefinition, ToolFacts, number, string]>([
  ['description', { ...good, description: '' }, {}, 0, 'no description'],
  ['description', { ...good, description: 'Check inventory' }, {}, 5, 'little more than the name'],
  ['description', { ...good, description: 'Says how many of a dish are left in the kitchen.' }, {}, 13, 'not when'],
  ['description', { ...good, description: `${good.description} `.repeat(30) }, {}, 10, 'characters'],
  [
    'one-purpose',
    takes({ action: { type: 'string', enum: ['create', 'update', 'delete', 'list', 'search', 'get'] } }),
    {},
    0,
    'does 6 things: action is one of create, update, delete, list and 2 more',
  ],
  ['one-purpose', { ...good, name: 'manage_orders' }, {}, 6, 'whatever it is told'],
  ['speed', good, { ...measured, p95Ms: 1_900 }, 18, 'p95 is just inside its 2.0 s budget.'],
  ['speed', good, { ...measured, p95Ms: 2_900 }, 8, 'over its 2.0 s budget'],
  ['result-size', good, { ...measured, rawChars: 4_000 }, 10, 'Result is 4,000 characters'],
  ['easy-to-say', takes({ a: {}, b: {}, c: {}, d: {}, e: {}, f: {} }), {}, 0, '6 arguments'],
  ['easy-to-say', takes({ lines: { type: 'array', items: { type: 'object' } } }), {}, 14, 'form inside the form'],
  ['known-to-callers', takes({ customerId: { type: 'string' } }), {}, 3, 'No caller knows customerId'],
  [
    'known-to-callers',
    takes({ order_id: { type: 'string', description: 'The id that `find_order` answered.' } }),
    {},
    8,
    'says where it comes from',
  ],
  ['parameters-described', takes({ dish: { type: 'string', description: 'dish' } }), {}, 0, 'Not described: dish'],
  ['parameters-clear', takes({ data: { type: 'string' } }), {}, 0, 'the name says nothing'],
  ['parameters-clear', takes({ date: { type: 'string', description: 'The day they come' } }), {}, 0, 'YYYY-MM-DD'],
  ['parameters-clear', takes({ dish: { description: 'Whatever it is' } }), {}, 0, 'no type'],
  ['name', good, { sameNameOn: ['Bookings'] }, 2, 'Bookings has a tool of the same name'],
  ['name', { ...good, name: 'check inventory!' }, {}, 3, 'does not allow'],
  ['effect-hint', { ...good, annotations: {} }, {}, 0, 'does not say'],
  ['effect-hint', { ...good, name: 'delete_order' }, {}, 0, 'its name says that it writes'],
])('%s is judged, in words [B5] [V9]', (rule, definition, facts, points, words) => {
  const found = reason(definition, rule, facts);
  expect(found).toMatchObject({ points, message: expect.stringContaining(words) });
});

test('the rewrite is a better definition that the same rules like more [B5]', () => {
  const poor: ToolDefinition = {
    name: 'cancel_booking',
    inputSchema: {
      type: 'object',
      properties: { date: { type: 'string' }, booking_id: { type: 'string' }, size: { enum: ['small', 'large'] } },
      required: ['date'],
    },
  };
  const { score, rewrite } = judgeTool(poor);
  expect(rewrite).toEqual({
    name: 'cancel_booking',
    description: 'Cancel booking. Use this when the caller asks to cancel booking.',
    inputSchema: {
      ...poor.inputSchema,
      properties: {
        date: { type: 'string', description: 'The date. As YYYY-MM-DD.' },
        booking_id: {
          type: 'string',
          description: 'The booking id. It comes from an earlier result: never ask the caller for it.',
        },
        size: { enum: ['small', 'large'], description: 'The size. One of: small, large.' },
      },
    },
    annotations: { readOnlyHint: false },
  });
  const again = rewrite && judgeTool(rewrite);
  expect(again?.score).toBeGreaterThan(score + 20);
  expect(again?.rewrite).toBeNull();
});

test('a server is judged by the mean and the worst of its tools [B5]', () => {
  const tools = [
    { name: 'a', readiness: judgeTool(good, measured) },
    { name: 'b', readiness: { ...judgeTool(good, { sameNameOn: ['Other'] }), score: 50 } },
  ];
  expect(judgeServer(tools)).toEqual({
    score: 65,
    messages: ['2 tools, 75 on average. The weakest is b with 50.', 'Other servers have tools of the same name: b.'],
  });
  expect(judgeServer([])).toBeNull();
});

test('hostile schemas are judged in bounded time', () => {
  const loop = {
    type: 'object',
    properties: { next: { $ref: '#' }, self: { $ref: '#/properties/self' } },
    required: ['self'],
  };
  const wide = {
    type: 'object',
    properties: Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`p${i}`, { type: 'string' }])),
    required: Array.from({ length: 10_000 }, (_, i) => `p${i}`),
  };
  const odd = JSON.parse(
    '{"properties": {"__proto__": {"type": "string"}, "constructor": null, "x": 5}, "required": {"a": 1}}',
  );
  const refs = { allOf: Array.from({ length: 1_000 }, () => ({ $ref: '#/allOf/0' })), $ref: '#/$ref/$ref' };
  const nasty = { ...good, description: `before ${'a'.repeat(200_000)} ${'use '.repeat(50_000)}` };
  for (const definition of [
    { ...good, inputSchema: loop },
    { ...good, inputSchema: wide },
    { ...good, inputSchema: odd },
    { ...good, inputSchema: refs },
    nasty,
    { ...nasty, name: '_'.repeat(100_000), title: 'T'.repeat(100_000) },
  ]) {
    const from = performance.now();
    const { score } = judgeTool(definition, measured);
    expect(performance.now() - from).toBeLessThan(200);
    expect(score).toBeGreaterThanOrEqual(0);
  }
  expect(({} as Record<string, unknown>).type).toBeUndefined();
});

test('1,000 tools are judged in under a second', () => {
  const from = performance.now();
  for (let i = 0; i < 1_000; i++) judgeTool({ ...good, name: `tool_${i}`, description: `Tool ${i}.` }, measured);
  expect(performance.now() - from).toBeLessThan(1_000);
});
