import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createApp } from '../src/app.ts';
import { rateLimit } from '../src/rate-limit.ts';
import { openStore, type Store } from '../src/store.ts';

const key = 'test-key-0123456789';
const config = { apiKeys: ['another-key-0123456789', key], port: 0, host: '127.0.0.1', ratePerMinute: 1_000 };
let store: Store;
let app: ReturnType<typeof createApp>;
let origin = '';

before(async () => {
  store = await openStore(process.env.TEST_DATABASE_URL ?? ':memory:');
  app = createApp({ config: { ...config, databaseUrl: ':memory:' }, store });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const address = app.address();
  assert.ok(typeof address === 'object' && address !== null);
  origin = `http://127.0.0.1:${address.port}`;
});
after(async () => {
  app.closeAllConnections();
  app.close();
  await store.close();
});

async function connected(): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
  const requestInit = { headers: { 'x-api-key': key } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${origin}/mcp`), { requestInit }));
  return client;
}

test('says that it is healthy, without a key', async () => {
  const response = await fetch(`${origin}/health`);
  assert.equal(response.status, 200);
});

test('lets nobody in without a key that it knows', async () => {
  for (const given of [undefined, '', 'wrong', `${key}x`]) {
    const headers = new Headers(given === undefined ? {} : { 'x-api-key': given });
    const response = await fetch(`${origin}/mcp`, { method: 'POST', headers, body: '{}' });
    assert.equal(response.status, 401);
  }
});

test('lists its tools', async () => {
  const client = await connected();
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map((tool) => tool.name).sort(), ['check_stock', 'place_order']);
  await client.close();
});

test('answers a query and carries out an action', async () => {
  const client = await connected();
  const found = await client.callTool({ name: 'check_stock', arguments: { item: 'Marg' } });
  assert.match(JSON.stringify(found.content), /margherita: \d+ available/);
  const order = { item: 'margherita', quantity: 2, customer: 'Ann' };
  const placed = await client.callTool({ name: 'place_order', arguments: order });
  assert.match(JSON.stringify(placed.content), /Order \d+: 2 margherita, 19\.00 euros/);
  const tooMany = await client.callTool({ name: 'place_order', arguments: { ...order, quantity: 20 } });
  assert.equal(tooMany.isError, true);
  await client.close();
});

test('takes what a caller says as a value, not as SQL', async () => {
  const client = await connected();
  const item = "x'; drop table stock; --";
  await client.callTool({ name: 'check_stock', arguments: { item } });
  const found = await client.callTool({ name: 'check_stock', arguments: { item: 'tiramisu' } });
  assert.match(JSON.stringify(found.content), /tiramisu/);
  await client.close();
});

test('refuses what is too large or no JSON', async () => {
  const headers = { 'x-api-key': key, 'content-type': 'application/json' };
  const post = (body: string) => fetch(`${origin}/mcp`, { method: 'POST', headers, body });
  assert.equal((await post('{"a":')).status, 400);
  assert.equal((await post('x'.repeat(300_000))).status, 413);
});

test('limits requests by the minute and says how long to wait', () => {
  let now = 0;
  const limit = rateLimit(2, () => now);
  assert.deepEqual([limit.take('a'), limit.take('a'), limit.take('b')], [0, 0, 0]);
  assert.equal(limit.take('a'), 30);
  now = 30_000;
  assert.equal(limit.take('a'), 0);
});
