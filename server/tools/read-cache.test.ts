import { afterAll, expect, test } from 'vitest';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { toolCache } from '#src/server/db/schema.ts';
import { ReadCache, type ReadStore } from '#src/server/tools/read-cache.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { pruneReads, storedReads } from '#src/server/tools/stored-reads.ts';
import { asked, type Behaviour, seven, testRuntime, testServer } from '#src/server/tools/testing/test-runtime.ts';

afterAll(closeConnection);

/** A call of a team that asks one server; each has a cache of its own over the same store. */
function caller(team: string, serverId: string, behaviour: Behaviour = seven, store: ReadStore = storedReads(team)) {
  const made = testRuntime(behaviour, { cache: new ReadCache(store) });
  const ask = (args: unknown, over: { effect?: 'read' | 'write'; credentialId?: string; cacheTtlMs?: number } = {}) => {
    const { effect = 'read', credentialId = 'cred_1', cacheTtlMs = 600_000 } = over;
    const server = {
      ...testServer({ effect, cacheTtlMs, timeoutMs: 20_000, outputFilter: '{"redact":["email"]}' }),
      id: serverId,
    };
    return runToolCall(made.runtime, asked(args, { server: { ...server, credentialId } }));
  };
  return { ...made, ask };
}
const kept = (team: string) => forTeam(team, (tx) => tx.select().from(toolCache));
const settle = async (team: string, rows: number) => expect.poll(async () => (await kept(team)).length).toBe(rows);

test('a read is answered again from what was kept, for its time, by whichever call asks [K7]', async () => {
  const [team, server] = [newId('run'), newId('srv')];
  const first = caller(team, server);
  expect(await first.ask({ b: 1, a: 2 })).toEqual({ state: 'succeeded', answer: '{"left":7}' });
  await settle(team, 1);
  const second = caller(team, server);
  expect(await second.ask({ a: 2, b: 1 })).toEqual({ state: 'succeeded', answer: '{"left":7}' });
  expect(second.calls()).toBe(0);
  expect(second.events.map(({ type }) => type)).toEqual(['tool-started', 'tool-succeeded']);
  expect(second.events.at(-1)?.data).toMatchObject({ cached: true, structuredContent: { left: 7 }, rawChars: 10 });

  await forTeam(team, (tx) => tx.update(toolCache).set({ expiresAt: new Date(Date.now() - 1) }));
  await second.ask({ a: 2, b: 1 });
  expect(second.calls()).toBe(1);
});

test('other arguments, another key, another team and no time to keep it are asked anew [K7] [V6]', async () => {
  const [team, server] = [newId('run'), newId('srv')];
  await caller(team, server).ask({ a: 1 });
  await settle(team, 1);
  const again = caller(team, server);
  await again.ask({ a: 2 });
  await again.ask({ a: 1 }, { credentialId: 'cred_2' });
  await again.ask({ a: 1 }, { cacheTtlMs: 0 });
  expect(again.calls()).toBe(3);
  const other = caller(newId('run'), server);
  await other.ask({ a: 1 });
  expect(other.calls()).toBe(1);
});

test('a write to the server makes every call ask anew, also one that failed [K7]', async () => {
  const [team, server] = [newId('run'), newId('srv')];
  const call = caller(team, server);
  await call.ask({ a: 1 });
  await settle(team, 1);
  await call.ask({ a: 9 }, { effect: 'write' });
  await settle(team, 0);
  await call.ask({ a: 1 });
  expect(call.calls()).toBe(3);
  await settle(team, 1);
  const broken = caller(team, server, () => Promise.reject(new Error('gone')));
  expect(await broken.ask({}, { effect: 'write' })).toMatchObject({ state: 'in-doubt' });
  await settle(team, 0);
});

test('a read that began before a write is not kept after it [K7]', async () => {
  const [team, server] = [newId('run'), newId('srv')];
  let answer: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const call = caller(team, server, async (calls, signal) => {
    if (calls === 1) await held;
    return seven(calls, signal);
  });
  const reading = call.ask({ a: 1 });
  await expect.poll(call.calls).toBe(1);
  await call.ask({}, { effect: 'write' });
  answer();
  expect(await reading).toMatchObject({ state: 'succeeded' });
  await call.ask({ a: 1 });
  expect(call.calls()).toBe(3);
});

test('nothing that the filter takes out is kept, and no error [K7] [X6]', async () => {
  const [team, server] = [newId('run'), newId('srv')];
  const call = caller(team, server, async (calls) => ({
    content: [{ type: 'text', text: 'ann@mail.example' }],
    isError: calls > 1,
  }));
  await call.ask({ a: 1 });
  await call.ask({ a: 2 });
  await settle(team, 1);
  expect(JSON.stringify(await kept(team))).not.toContain('ann@');
});

test('a database that hangs or fails costs a read 50 ms at most [K7]', async () => {
  const hangs = () => new Promise<never>(() => {});
  const fails = () => Promise.reject(new Error('gone'));
  for (const trouble of [hangs, fails]) {
    const call = caller('team', 'srv', seven, { find: trouble, keep: trouble, forget: trouble });
    const began = performance.now();
    expect(await call.ask({})).toMatchObject({ state: 'succeeded' });
    expect(performance.now() - began).toBeLessThan(3_000);
    await call.ask({}, { effect: 'write' });
    expect(call.calls()).toBe(2);
  }
});

test('while old answers may still be kept none is given [K7]', async () => {
  const [team, server] = [newId('run'), newId('srv')];
  await caller(team, server).ask({ a: 1 });
  await settle(team, 1);
  const store = { ...storedReads(team), forget: () => Promise.reject(new Error('gone')) };
  const call = caller(team, server, seven, store);
  await call.ask({}, { effect: 'write' });
  await call.ask({ a: 1 });
  expect(call.calls()).toBe(2);
});

test('what is past its time is swept [K7]', async () => {
  const [team, server] = [newId('run'), newId('srv')];
  await caller(team, server).ask({ a: 1 });
  await settle(team, 1);
  await forTeam(team, (tx) => pruneReads(tx, new Date()));
  await settle(team, 1);
  await forTeam(team, (tx) => pruneReads(tx, new Date(Date.now() + 700_000)));
  await settle(team, 0);
});
