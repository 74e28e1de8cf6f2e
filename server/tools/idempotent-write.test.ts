import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restSchema } from '#src/lib/mcp/mcp-server.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { lastingSession } from '#src/server/mcp/lasting-session.ts';
import type { McpSession } from '#src/server/mcp/mcp-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { startIdempotentTill, type TillFault } from '#src/server/tools/testing/idempotent-till.ts';
import { never, testRuntime, testServer } from '#src/server/tools/testing/test-runtime.ts';

type Till = Awaited<ReturnType<typeof startIdempotentTill>>;
const plans = new Map<string, TillFault[]>();
let till: Till;
let session: McpSession;
beforeAll(async () => {
  till = await startIdempotentTill((order, tries) => plans.get(order)?.[tries - 1] ?? 'none');
  session = await lastingSession(() =>
    openMcpSession({ server: { url: till.url, era: null, auth: { type: 'none' } } }),
  );
});
afterAll(async () => {
  await session.close();
  await till.close();
});

/** Places an order whose tries go as planned. */
async function place(
  faults: TillFault[],
  { promised = true, ...policy }: Partial<ToolPolicy> & { promised?: boolean } = {},
) {
  const order = randomUUID();
  plans.set(order, faults);
  const made = testRuntime(never, { session: async () => session, newId: randomUUID, slowAfterMs: 10_000 });
  const base = testServer({ effect: 'write', confirmation: 'never', timeoutMs: 20_000, retries: 3, ...policy });
  const tools = base.tools.map((tool) => ({
    ...tool,
    definition: {
      name: 'place_order',
      inputSchema: { type: 'object' },
      ...(promised ? { annotations: { idempotentHint: true } } : {}),
    },
  }));
  const request = { tool: 'place_order', args: { order }, signal: new AbortController().signal, turnId: randomUUID() };
  const outcome = await runToolCall(made.runtime, { ...request, server: { ...base, tools } });
  return { outcome, events: made.events, tries: till.arrived.get(order) ?? [], taken: till.taken.get(order) ?? 0 };
}

test('a lost write is sent again where its server promises that it is one, with the same key [V13]', async () => {
  const { outcome, tries, taken, events } = await place(['cut-after', 'cut-before', 'none']);
  expect(outcome).toMatchObject({ state: 'succeeded' });
  expect(taken).toBe(1);
  expect(tries).toHaveLength(3);
  const [first] = tries;
  expect(first?.meta).toEqual(expect.stringMatching(/^[0-9a-f-]{36}$/));
  for (const one of tries) expect(one).toEqual({ meta: first?.meta, header: first?.meta });
  expect(events.map(({ type }) => type)).toEqual(['tool-started', 'tool-succeeded']);
  expect(events.at(-1)?.data).toMatchObject({ attempts: 3 });
});

test('another order bears another key, and a tool without the promise none [V13]', async () => {
  const [a, b] = [await place([]), await place([])];
  expect(a.tries[0]?.meta).not.toBe(b.tries[0]?.meta);
  expect((await place([], { promised: false })).tries).toEqual([{ meta: undefined, header: undefined }]);
});

test('without the promise, or without the operator’s word, a lost write is in doubt and not sent again [V13]', async () => {
  for (const how of [{ promised: false }, { retries: 0 }]) {
    const { outcome, tries, taken } = await place(['cut-after'], how);
    expect(outcome).toMatchObject({ state: 'in-doubt' });
    expect([tries.length, taken]).toEqual([1, 1]);
  }
});

test('a write that was lost and then refused is in doubt: the first may have been done [V13]', async () => {
  const { outcome, tries, events } = await place(['cut-after', 'refused']);
  expect(outcome).toMatchObject({ state: 'in-doubt' });
  expect(tries).toHaveLength(2);
  expect(events.at(-1)).toMatchObject({ type: 'tool-in-doubt', data: { attempts: 2 } });
  const refused = await place(['refused']);
  expect(refused.outcome).toMatchObject({ state: 'failed', code: 'tool-error' });
  expect(refused.tries).toHaveLength(1);
});

test('tries of a write end with its time and its number [V8] [V13]', async () => {
  const many = await place(Array<TillFault>(9).fill('cut-before'), { retries: 2 });
  expect(many.outcome).toMatchObject({ state: 'in-doubt' });
  expect([many.tries.length, many.taken]).toEqual([3, 0]);
  const short = await place(Array<TillFault>(9).fill('cut-before'), { retries: 5, timeoutMs: 250 });
  expect(short.outcome).toMatchObject({ state: 'in-doubt' });
  expect(short.tries.length).toBeLessThan(4);
});

test('two hundred writes under faults: none is done twice, each is accounted for [V13]', async () => {
  let seed = 11;
  const random = (most: number) => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed % most;
  };
  const kinds: TillFault[] = ['none', 'cut-before', 'cut-after', 'refused'];
  const counts = { succeeded: 0, failed: 0, 'in-doubt': 0, refused: 0 };
  for (let batch = 0; batch < 20; batch++) {
    const placed = await Promise.all(
      Array.from({ length: 10 }, () =>
        place(
          Array.from({ length: 4 }, () => kinds[random(kinds.length)] ?? 'none'),
          { promised: random(4) > 0 },
        ),
      ),
    );
    for (const { outcome, taken } of placed) {
      counts[outcome.state] += 1;
      expect(taken).toBeLessThanOrEqual(1);
      if (outcome.state === 'succeeded') expect(taken).toBe(1);
      if (outcome.state === 'failed') expect(taken).toBe(0);
    }
  }
  expect(counts.refused).toBe(0);
  expect(counts.succeeded).toBeGreaterThan(0);
  expect(counts.failed).toBeGreaterThan(0);
  expect(counts['in-doubt']).toBeGreaterThan(0);
}, 60_000);

test('the REST dialect sends the key as a header, and only for a write that has one [K2] [V13]', async () => {
  const seen: unknown[] = [];
  let shop: Listening | null = null;
  try {
    shop = await listenOn((request, response) => {
      if (request.method === 'POST') seen.push(request.headers['idempotency-key']);
      response.setHeader('content-type', 'application/json');
      response.end('{"success":true,"data":{}}');
    });
    const rest = restSchema.parse({ tools: [{ name: 'pay', endpoint: 'action', text: 'pay' }] });
    const opened = await openMcpSession({
      server: { transport: 'rest', url: shop.origin, era: null, rest, auth: { type: 'none' } },
    });
    await opened.callTool('pay', {}, { timeoutMs: 5_000, idempotencyKey: 'key-1' });
    await opened.callTool('pay', {}, { timeoutMs: 5_000 });
    expect(seen).toEqual(['key-1', undefined]);
  } finally {
    await shop?.close();
  }
});
