import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { ServerLimits } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { freezeCall } from '#src/server/calls/freeze-call.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { serverCircuits, toolCache, toolRuns, writeRequests } from '#src/server/db/schema.ts';
import { setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { lastingSession } from '#src/server/mcp/lasting-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { takeRequestSlot } from '#src/server/mcp/request-limits.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer, updateServer } from '#src/server/mcp/save-server.ts';
import { storedAccess } from '#src/server/mcp/stored-access.ts';
import { recordToolRun } from '#src/server/mcp/tool-runs.ts';
import { serverUsage } from '#src/server/mcp/usage.ts';
import { ReadCache } from '#src/server/tools/read-cache.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { sharedBreaker } from '#src/server/tools/shared-breaker.ts';
import { storedCircuits } from '#src/server/tools/stored-circuits.ts';
import { storedReads } from '#src/server/tools/stored-reads.ts';
import { storedWrites } from '#src/server/tools/stored-writes.ts';
import { startKeyedServer } from '#src/server/tools/testing/keyed-server.ts';
import type { ToolRuntime } from '#src/server/tools/tool-runtime.ts';
import { WriteLedger } from '#src/server/tools/write-ledger.ts';

const keys = ['key-of-anna-0001', 'key-of-bert-0002'] as const;
const answerSchema = z.object({ key: z.string(), opened: z.string(), session: z.string(), calls: z.number() });
let kitchen: Awaited<ReturnType<typeof startKeyedServer>>;
beforeAll(async () => {
  kitchen = await startKeyedServer(keys);
});
afterAll(async () => {
  await kitchen.close();
  await closeConnection();
});

/** A team with the one server under its own key, as its calls get it. */
async function team(key: string, limits: Partial<ServerLimits> = {}) {
  const id = newId('run');
  const auth = { type: 'api-key', in: 'header', name: 'x-api-key', key } as const;
  const server = await createServer(id, { name: 'Kitchen', url: kitchen.url, auth });
  await updateServer(id, server.id, { limits: { ...server.limits, ...limits } });
  await runHandshake(id, server.id);
  const policy = { ...newToolPolicy, allowed: true, confirmation: 'never', timeoutMs: 20_000 } as const;
  for (const tool of ['who', 'menu', 'order']) {
    const cacheTtlMs = tool === 'menu' ? 600_000 : 0;
    await setToolPolicy(id, server.id, tool, { ...policy, effect: tool === 'order' ? 'write' : 'read', cacheTtlMs });
  }
  const config = assistantConfigSchema.parse({
    name: 'Luigi',
    tools: [{ serverId: server.id, tools: ['who', 'menu', 'order'] }],
  });
  const frozen = await forTeam(id, (tx) => freezeCall(tx, { assistantId: 'asst_1', version: null, config }));
  const [first] = frozen.servers;
  if (!first) throw new Error('The server is not in the copy.');
  return { id, key, server: first };
}
type Team = Awaited<ReturnType<typeof team>>;

/** One call of a team: the runtime as a call's process puts it together, over the real database and the real server. */
async function openCall({ id: teamId, server }: Team) {
  const callId = newId('call');
  const access = await storedAccess(teamId, server);
  const session = await lastingSession(() => openMcpSession({ server, access }));
  const circuits = sharedBreaker(storedCircuits(teamId), [server.id]);
  const writes = new WriteLedger(storedWrites(teamId, callId));
  const events: { type: string; data: unknown }[] = [];
  const runs: Promise<void>[] = [];
  const runtime: ToolRuntime = {
    session: async () => session,
    quarantined: () => false,
    write: (type, data) => void events.push({ type, data }),
    writeThrough: async (type, data) => {
      events.push({ type, data });
      return true;
    },
    sayMeanwhile: () => {},
    safeSentence: 'I could not do that just now.',
    takeSlot: (asked: FrozenServer) => takeRequestSlot(teamId, asked),
    writes,
    cache: new ReadCache(storedReads(teamId)),
    breaker: circuits.breaker,
    ran: (run) => void runs.push(recordToolRun(teamId, { ...run, source: 'call' })),
    newId: randomUUID,
    now: () => performance.now(),
  };
  const ask = (tool: string, args: unknown = {}, turnId: string = randomUUID()) =>
    runToolCall(runtime, { server, tool, args, turnId, signal: new AbortController().signal });
  const close = async () => {
    circuits.stop();
    await writes.settled();
    await Promise.all(runs);
    await session.close();
  };
  return { ask, close, events, refresh: circuits.refresh };
}
const told = (outcome: { answer: string }) => answerSchema.parse(JSON.parse(outcome.answer));
const rows = async (teamId: string) =>
  forTeam(teamId, async (tx) => ({
    cache: await tx.select().from(toolCache),
    runs: await tx.select().from(toolRuns),
    writes: await tx.select().from(writeRequests),
    circuits: await tx.select().from(serverCircuits),
  }));

test('two teams on one server, twenty calls at once: each has its own key, session, cache, limits and results [V5] [V6]', async () => {
  const [anna, bert] = [await team(keys[0], { concurrent: 2 }), await team(keys[1])];
  const before = kitchen.keysOf.size;
  const calls = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const mine = i % 2 === 0 ? anna : bert;
      return { mine, ...(await openCall(mine)) };
    }),
  );
  // The same turn, the same arguments, in every call: nothing but the team and the call tells them apart.
  const spoken = await Promise.all(
    calls.map(async ({ mine, ask }) => {
      const turn = 'turn-1';
      const answers = [await ask('who'), await ask('menu'), await ask('order', { dish: 'carbonara' }, turn)];
      return { mine, answers, again: await ask('order', { dish: 'carbonara' }, turn), last: await ask('who') };
    }),
  );
  for (const { mine, answers, again, last } of spoken) {
    // Ten calls of Anna's share two places; a call that found none in time was refused, and nothing of it is another's.
    for (const outcome of [...answers, again, last]) {
      if (outcome.state === 'refused') {
        expect([mine.key, outcome.code]).toEqual([anna.key, 'server-busy']);
        continue;
      }
      expect(outcome.state).toBe('succeeded');
      expect(told(outcome)).toMatchObject({ key: mine.key, opened: mine.key });
    }
  }
  expect(spoken.filter(({ mine }) => mine === bert).flatMap(({ answers }) => answers)).not.toContainEqual(
    expect.objectContaining({ state: 'refused' }),
  );
  // A session for each call, used with one key.
  expect(kitchen.keysOf.size - before).toBe(20);
  for (const used of kitchen.keysOf.values()) expect(used.size).toBe(1);
  const ownSessions = spoken.flatMap(({ answers: [who] }) => (who?.state === 'succeeded' ? [told(who).session] : []));
  expect(new Set(ownSessions).size).toBe(ownSessions.length);

  await Promise.all(calls.map(({ close }) => close()));
  for (const { mine, events } of calls) {
    const other = mine === anna ? bert : anna;
    expect(JSON.stringify(events)).not.toContain(other.key);
    expect(JSON.stringify(events)).not.toContain(other.server.id);
  }
  for (const mine of [anna, bert]) {
    const other = mine === anna ? bert : anna;
    const kept = await rows(mine.id);
    expect(JSON.stringify(kept)).not.toContain(other.server.id);
    expect(JSON.stringify(kept.cache)).not.toContain(other.key);
    // A write that was taken by the server is one row of its own call.
    const done = kept.writes.filter(({ state }) => state === 'done').length;
    expect(kitchen.orders.filter(({ key }) => key === mine.key)).toHaveLength(done);
    expect(new Set(kept.writes.map(({ callId }) => callId)).size).toBe(kept.writes.length);
  }
  expect((await rows(bert.id)).writes).toHaveLength(10);
}, 60_000);

test('what a team was answered before is given again to it, and not to another [V6] [K7]', async () => {
  const [anna, bert] = [await team(keys[0]), await team(keys[1])];
  const first = await openCall(anna);
  expect(told(await first.ask('menu')).key).toBe(anna.key);
  await expect.poll(async () => (await rows(anna.id)).cache.length).toBe(1);
  const second = await openCall(anna);
  await second.ask('menu');
  expect(second.events.at(-1)?.data).toMatchObject({ cached: true });
  const stranger = await openCall(bert);
  expect(told(await stranger.ask('menu')).key).toBe(bert.key);
  expect(stranger.events.at(-1)?.data).not.toHaveProperty('cached');
  await Promise.all([first, second, stranger].map(({ close }) => close()));
});

test('a rate limit and a circuit of one team are nothing to the other [V6] [K6] [V12]', async () => {
  const [anna, bert] = [await team(keys[0], { perMinute: 8 }), await team(keys[1])];
  const [hers, another, his] = [await openCall(anna), await openCall(anna), await openCall(bert)];
  kitchen.failing.add(anna.key);
  try {
    for (let i = 0; i < 5; i++) expect(await hers.ask('who')).toMatchObject({ code: 'server-error' });
    expect(await hers.ask('who')).toMatchObject({ code: 'server-resting' });
    await expect.poll(async () => (await rows(anna.id)).circuits[0]?.restsUntil).toBeInstanceOf(Date);
    await another.refresh();
    expect(await serverUsage(anna.id, anna.server.id)).toMatchObject({ restsUntil: expect.any(String) });
    expect(await serverUsage(bert.id, bert.server.id)).toMatchObject({ restsUntil: null });
    expect(await another.ask('who')).toMatchObject({ code: 'server-resting' });
  } finally {
    kitchen.failing.delete(anna.key);
  }
  await hers.ask('who');
  expect(await hers.ask('who')).toMatchObject({ code: 'rate-limited' });
  await his.refresh();
  for (let i = 0; i < 12; i++) expect(await his.ask('who')).toMatchObject({ state: 'succeeded' });
  expect((await rows(bert.id)).circuits).toEqual([]);
  await Promise.all([hers.close(), another.close(), his.close()]);
});
