import { afterAll, expect, test } from 'vitest';
import { AppError } from '#src/lib/app-error.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { serverCircuits } from '#src/server/db/schema.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { serverBreaker } from '#src/server/tools/server-breaker.ts';
import { type CircuitStore, type SharedBreaker, sharedBreaker } from '#src/server/tools/shared-breaker.ts';
import { storedCircuits } from '#src/server/tools/stored-circuits.ts';
import { asked, never, seven, testRuntime, testServer } from '#src/server/tools/testing/test-runtime.ts';

const opened: SharedBreaker[] = [];
afterAll(async () => {
  for (const { stop } of opened) stop();
  await closeConnection();
});

/** One call of a team, in a process of its own as far as its memory goes. */
function call(store: CircuitStore, serverId: string, works: () => boolean, restMs = 60_000) {
  const shared = sharedBreaker(store, [serverId], { local: serverBreaker({ restMs }) });
  opened.push(shared);
  const made = testRuntime(
    async (calls, signal) => {
      if (works()) return seven(calls, signal);
      throw new AppError('server-error', 'Status 500.', { retryable: true });
    },
    { breaker: shared.breaker },
  );
  const server = { ...testServer({ effect: 'read', timeoutMs: 20_000 }), id: serverId };
  const ask = () => runToolCall(made.runtime, { ...asked({}, { server }), turnId: undefined });
  return { ...made, ...shared, ask };
}
const row = async (team: string) => (await forTeam(team, (tx) => tx.select().from(serverCircuits)))[0];

test('a server that failed five times in a row for one call rests for all calls of the team [V12] [V6]', async () => {
  const [team, serverId] = [newId('run'), newId('srv')];
  const first = call(storedCircuits(team), serverId, () => false);
  for (let i = 0; i < 5; i++) expect(await first.ask()).toMatchObject({ code: 'server-error' });
  await expect.poll(async () => (await row(team))?.failures).toBe(5);

  const second = call(storedCircuits(team), serverId, () => true);
  await second.refresh();
  expect(await second.ask()).toMatchObject({ state: 'refused', code: 'server-resting' });
  expect(second.calls()).toBe(0);

  const stranger = call(storedCircuits(newId('run')), serverId, () => true);
  await stranger.refresh();
  expect(await stranger.ask()).toMatchObject({ state: 'succeeded' });
});

test('failures of several calls add up, and an answer ends the row of them [V12]', async () => {
  const [team, serverId] = [newId('run'), newId('srv')];
  let works = false;
  const calls = Array.from({ length: 5 }, () => call(storedCircuits(team), serverId, () => works));
  for (const one of calls.slice(0, 4)) await one.ask();
  await expect.poll(async () => (await row(team))?.failures).toBe(4);
  works = true;
  await calls[4]?.refresh();
  await calls[4]?.ask();
  await expect.poll(async () => (await row(team))?.failures).toBe(0);
  works = false;
  for (const one of calls) await one.ask();
  await expect.poll(async () => (await row(team))?.restsUntil).toBeInstanceOf(Date);
});

test('after the rest one call tries, and its outcome counts for all [V12]', async () => {
  const [team, serverId] = [newId('run'), newId('srv')];
  const gate = Promise.withResolvers<void>();
  const store = storedCircuits(team, { failures: 2, restMs: 400 });
  const broken = call(store, serverId, () => false);
  await broken.ask();
  await broken.ask();
  await expect.poll(async () => (await row(team))?.restsUntil).toBeInstanceOf(Date);
  let tries = 0;
  const slowly = () => {
    const shared = sharedBreaker(store, [serverId]);
    opened.push(shared);
    const made = testRuntime(
      async (calls, signal) => {
        tries += 1;
        await gate.promise;
        return seven(calls, signal);
      },
      { breaker: shared.breaker },
    );
    const server = { ...testServer({ effect: 'read', timeoutMs: 20_000 }), id: serverId };
    return { ...shared, ask: () => runToolCall(made.runtime, asked({}, { server })) };
  };
  const waiting = Array.from({ length: 4 }, slowly);
  await Promise.all(waiting.map(({ refresh }) => refresh()));
  const tooEarly = await Promise.all(waiting.map(({ ask }) => ask()));
  expect(tooEarly.every((outcome) => outcome.state === 'refused')).toBe(true);
  await expect.poll(async () => ((await row(team))?.restsUntil?.getTime() ?? Infinity) < Date.now()).toBe(true);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const asking = Promise.all(waiting.map(({ ask }) => ask()));
  await expect.poll(() => tries).toBe(1);
  gate.resolve();
  const states = (await asking).map(({ state }) => state).sort();
  expect(states).toEqual(['refused', 'refused', 'refused', 'succeeded']);
  await expect.poll(async () => (await row(team))?.failures).toBe(0);
  for (const one of waiting) await one.refresh();
  for (const one of waiting) expect(await one.ask()).toMatchObject({ state: 'succeeded' });
});

test('a healthy server costs the caller no round trip, and a store that is away no call [V12]', async () => {
  const used: string[] = [];
  const away = (name: string) => () => {
    used.push(name);
    return Promise.reject(new Error('away'));
  };
  const store = { read: away('read'), failed: away('failed'), worked: away('worked'), takeTry: away('takeTry') };
  let works = true;
  const one = call(store, 'srv_x', () => works);
  for (let i = 0; i < 20; i++) expect(await one.ask()).toMatchObject({ state: 'succeeded' });
  expect(used).toEqual([]);
  works = false;
  for (let i = 0; i < 5; i++) expect(await one.ask()).toMatchObject({ code: 'server-error' });
  expect(await one.ask()).toMatchObject({ code: 'server-resting' });
});

test('a call that the caller gave up is no sign of health [V12]', async () => {
  const [team, serverId] = [newId('run'), newId('srv')];
  const store = storedCircuits(team);
  await store.failed(serverId);
  const shared = sharedBreaker(store, [serverId]);
  opened.push(shared);
  await shared.refresh();
  const caller = new AbortController();
  const made = testRuntime(never, { breaker: shared.breaker });
  const server = { ...testServer({ effect: 'read', timeoutMs: 20_000 }), id: serverId };
  const asking = runToolCall(made.runtime, asked({}, { server, signal: caller.signal }));
  await expect.poll(() => made.calls()).toBe(1);
  caller.abort();
  expect(await asking).toMatchObject({ code: 'interrupted' });
  expect((await row(team))?.failures).toBe(1);
});
