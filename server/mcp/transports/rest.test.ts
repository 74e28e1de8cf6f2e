import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RestDialect, restSchema } from '#src/lib/mcp/mcp-server.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { listServerTools } from '#src/server/mcp/catalogue.ts';
import { handshake } from '#src/server/mcp/handshake.ts';
import { inspect } from '#src/server/mcp/inspect.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer, updateServer } from '#src/server/mcp/save-server.ts';
import { type RestServer, startRestServer } from '#src/server/mcp/testing/rest-server.ts';

const key = 'rest-key-4711';
let shop: RestServer;
beforeAll(async () => {
  shop = await startRestServer(process.env.DEMO_DATABASE_URL ?? '', key);
});
afterAll(async () => {
  await shop.close();
  await closeConnection();
});

const customer = { type: 'object', properties: { customer: { type: 'string' } }, required: ['customer'] };
const dialect = (more: Partial<RestDialect> = {}): RestDialect => ({
  ...restSchema.parse({
    tools: [
      {
        name: 'find_orders',
        description: 'Orders of a customer',
        endpoint: 'query',
        text: 'orders_of',
        inputSchema: customer,
      },
      { name: 'order', endpoint: 'action', text: 'create_order' },
      { name: 'whole_shop', endpoint: 'query', text: null },
      { name: 'lost', endpoint: 'action', text: 'no_such_action' },
    ],
  }),
  ...more,
});
const auth = { type: 'api-key', in: 'header', name: 'x-api-key', hasKey: true } as const;
const server = (rest = dialect()) =>
  ({ transport: 'rest', url: `${shop.origin}/shop`, rest, auth, era: null }) as const;
const call = async (rest: RestDialect, name: string, args: Record<string, unknown>) => {
  const session = await openMcpSession({ server: server(rest), key });
  shop.seen.length = 0;
  const result = await session.callTool(name, args, { timeoutMs: 5_000 });
  await session.close();
  return { result, sent: shop.seen[0] };
};

test('named tools are sent as query, action or parameters alone, and answer from a real database [K2]', async () => {
  const found = await call(dialect(), 'find_orders', { customer: 'Ada' });
  expect(found.sent).toEqual({ path: '/shop/query', body: { query: 'orders_of', params: { customer: 'Ada' } } });
  expect(found.result).toEqual({
    content: [
      {
        type: 'text',
        text: JSON.stringify([
          { customer: 'Ada', total: 12 },
          { customer: 'Ada', total: 30 },
        ]),
      },
    ],
    isError: false,
  });
  const made = await call(dialect(), 'order', { customer: 'Eve', total: 9 });
  expect(made.sent).toEqual({
    path: '/shop/action',
    body: { action: 'create_order', params: { customer: 'Eve', total: 9 } },
  });
  expect(made.result.structuredContent).toEqual({ id: 4 });
  const alone = await call(dialect(), 'whole_shop', { day: 'today' });
  expect(alone.sent).toEqual({ path: '/shop/query', body: { params: { day: 'today' } } });
  expect(alone.result.structuredContent).toEqual({ orders: 4, total: 58 });
});

test('the enveloped form is sent where it is chosen [K2]', async () => {
  const { result, sent } = await call(dialect({ enveloped: true }), 'find_orders', { customer: 'Bob' });
  expect(sent?.body).toEqual({ method: 'query', params: { query: 'orders_of', args: { customer: 'Bob' } } });
  expect(result.isError).toBe(false);
});

test('success: false is the answer of the tool, whatever its status [K2] [V12]', async () => {
  const { result } = await call(dialect(), 'lost', {});
  expect(result).toEqual({ content: [{ type: 'text', text: 'Unknown: no_such_action' }], isError: true });
});

test('the raw tools are offered to the inspector, and elsewhere only where an admin has switched them on [K2] [V10]', async () => {
  const names = async (rest: RestDialect, raw?: boolean) => {
    const session = await openMcpSession({ server: server(rest), key, raw });
    return (await session.listTools()).map((tool) => tool.name);
  };
  const named = ['find_orders', 'order', 'whole_shop', 'lost'];
  expect(await names(dialect())).toEqual(named);
  expect(await names(dialect(), true)).toEqual([...named, 'query', 'action']);
  expect(await names(dialect({ rawForAssistants: true }))).toEqual([...named, 'query', 'action']);
  await expect(call(dialect(), 'query', { query: 'summary' })).rejects.toMatchObject({ code: 'unknown-tool' });
});

test('GET /health is the handshake: 200 passes, 503 and a wrong key are named [K2] [K10]', async () => {
  const run = async (withKey: string) => (await handshake({ server: server(), key: withKey })).handshake;
  const states = (result: Awaited<ReturnType<typeof run>>) => result.steps.map((step) => step.state).join(' ');
  const good = await run(key);
  expect(states(good)).toBe('passed passed passed passed passed passed passed');
  expect(good).toMatchObject({ ok: true, tools: 4 });
  const wrong = await run('wrong-key-1234');
  expect(states(wrong)).toBe('passed passed passed failed not-run not-run not-run');
  expect(wrong.steps[3]?.error).toMatchObject({
    code: 'unauthorised',
    raw: expect.stringContaining('Invalid API key'),
  });
  shop.health = 503;
  const down = await run(key);
  expect(down.steps[4]?.error).toMatchObject({ code: 'unhealthy', hint: expect.stringContaining('database') });
  shop.health = 200;
});

test('a stored REST server is checked, inspected and listed like any other [K2] [C6]', async () => {
  const team = 'team-rest';
  const { id } = await createServer(team, {
    name: 'Shop',
    transport: 'rest',
    url: `${shop.origin}/shop`,
    rest: dialect(),
    auth: { type: 'api-key', key },
  });
  expect((await runHandshake(team, id)).ok).toBe(true);
  const catalogued = async () => (await listServerTools(team, id)).map((tool) => tool.definition.name);
  expect(await catalogued()).toEqual(['find_orders', 'order', 'whole_shop', 'lost']);
  const raw = await inspect(team, id, { kind: 'call-tool', name: 'query', arguments: { query: 'summary' } });
  expect(raw).toMatchObject({ ok: true, result: { structuredContent: { orders: 4 } } });
  await updateServer(team, id, { rest: dialect({ rawForAssistants: true }) });
  await runHandshake(team, id);
  expect(await catalogued()).toContain('query');
});
