import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseEventData } from '#src/lib/calls/call-event.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import type { McpSession } from '#src/server/mcp/mcp-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { tracedTraffic } from '#src/server/mcp/transports/call-trace.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { startIdempotentTill, type TillFault } from '#src/server/tools/testing/idempotent-till.ts';
import { never, testRuntime, testServer } from '#src/server/tools/testing/test-runtime.ts';

const key = 'a-very-secret-key';
const plans = new Map<string, TillFault[]>();
let till: Awaited<ReturnType<typeof startIdempotentTill>>;
let session: McpSession;
beforeAll(async () => {
  till = await startIdempotentTill((order, tries) => plans.get(order)?.[tries - 1] ?? 'none');
  session = await openMcpSession({
    server: { url: till.url, era: null, auth: { type: 'bearer', hasKey: true } },
    key,
    traffic: tracedTraffic(),
  });
});
afterAll(async () => {
  await session.close();
  await till.close();
});

async function place(order: string, o: { policy?: Partial<ToolPolicy>; keepMessages?: boolean } = {}) {
  const made = testRuntime(never, { session: async () => session, newId: randomUUID, slowAfterMs: 10_000 });
  const base = testServer({ effect: 'write', confirmation: 'never', timeoutMs: 20_000, retries: 3, ...o.policy });
  const tools = base.tools.map((tool) => ({
    ...tool,
    definition: { name: 'place_order', inputSchema: { type: 'object' }, annotations: { idempotentHint: true } },
  }));
  const limits = { ...defaultLimits, keepMessages: o.keepMessages ?? true };
  await runToolCall(made.runtime, {
    tool: 'place_order',
    args: { order },
    signal: new AbortController().signal,
    turnId: randomUUID(),
    server: { ...base, tools, limits },
  });
  const exchanged = made.events.find(({ type }) => type === 'tool-exchanged');
  return {
    types: made.events.map(({ type }) => type),
    end: made.events.find(({ type }) => type === 'tool-succeeded')?.data ?? {},
    exchanges: exchanged ? parseEventData('tool-exchanged', exchanged.data).exchanges : [],
  };
}

test('request and response of a tool call are in the log, each with its own call, and no key is in them [K9] [K13] [B11]', async () => {
  const orders = Array.from({ length: 8 }, () => randomUUID());
  const placed = await Promise.all(orders.map((order) => place(order)));
  for (const [i, { types, exchanges }] of placed.entries()) {
    // After the answer: nobody waits for it.
    expect(types).toEqual(['tool-started', 'tool-succeeded', 'tool-exchanged']);
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]).toMatchObject({ rpc: 'tools/call', request: { method: 'POST' }, response: { status: 200 } });
    expect(exchanges[0]?.request.body).toContain(orders[i]);
    expect(exchanges[0]?.response?.body).toContain('"result"');
    expect(JSON.stringify(exchanges)).not.toContain(key);
    expect(exchanges[0]?.request.headers.authorization).toBe('[hidden]');
  }
});

test('the way of a tool call is told in times that only grow', async () => {
  const { end } = await place(randomUUID());
  const { times, ms } = parseEventData('tool-succeeded', end);
  const steps = [0, times?.limitsMs, times?.tryMs, times?.sessionMs, times?.firstByteMs, ms];
  expect(steps.every((step) => typeof step === 'number')).toBe(true);
  expect(steps).toEqual([...steps].sort((a, b) => Number(a) - Number(b)));
});

test('every try is kept, the lost one with what the network said', async () => {
  const order = randomUUID();
  plans.set(order, ['cut-before', 'none']);
  const { exchanges, end } = await place(order);
  expect(exchanges).toHaveLength(2);
  expect(exchanges[0]?.response).toBeNull();
  expect(exchanges[0]?.error).toBeTruthy();
  const { times } = parseEventData('tool-succeeded', end);
  expect(times?.tryMs).toBeGreaterThan(times?.limitsMs ?? 0);
});

test('nothing is kept of a server whose messages are private, and no answer of a tool with an output filter', async () => {
  const hidden = await place(randomUUID(), { keepMessages: false });
  expect(hidden.types).toEqual(['tool-started', 'tool-succeeded']);
  const filtered = await place(randomUUID(), { policy: { outputFilter: JSON.stringify({ maxChars: 5 }) } });
  expect(filtered.exchanges[0]?.response?.body).toMatch(/^\[left out/);
});
