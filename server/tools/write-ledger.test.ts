import { setTimeout as sleep } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { AppError } from '#src/lib/app-error.ts';
import { isRecord } from '#src/lib/json-schema/is-record.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { writeRequests } from '#src/server/db/schema.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { doubtLostWrites, storedWrites } from '#src/server/tools/stored-writes.ts';
import { faults, startFaultyTill } from '#src/server/tools/testing/faulty-till.ts';
import {
  asked,
  type Behaviour,
  never,
  seven,
  testRuntime,
  testServer,
} from '#src/server/tools/testing/test-runtime.ts';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';
import type { ToolRequest } from '#src/server/tools/tool-runtime.ts';
import { WriteLedger, type WriteStore } from '#src/server/tools/write-ledger.ts';

afterAll(closeConnection);

const team = 'team-writes';
const rowsOf = (callId: string) =>
  forTeam(team, (tx) => tx.select().from(writeRequests).where(eq(writeRequests.callId, callId)));
const slowly: Behaviour = async (calls, signal) => {
  await sleep(120);
  return seven(calls, signal);
};
const server = testServer({ effect: 'write', timeoutMs: 20_000 });

/** A call whose one tool behaves as told, with its ledger in the database. */
function call(behaviour: Behaviour, options: { callId?: string; store?: WriteStore; claimMs?: number } = {}) {
  const { callId = newId('call'), claimMs } = options;
  const writes = new WriteLedger(options.store ?? storedWrites(team, callId), claimMs === undefined ? {} : { claimMs });
  let made = 0;
  const parts = testRuntime(behaviour, { writes, newId: () => `tc_${++made}` });
  const ask = (over: Partial<ToolRequest> = {}) =>
    runToolCall(parts.runtime, { ...asked({ item: 'x' }, { server }), ...over });
  return { ...parts, ask, callId, writes };
}

test('what is asked twice in a turn is sent once, at the same time or later, and has one answer [V13]', async () => {
  const one = call(slowly);
  const answers = await Promise.all([one.ask(), one.ask({ args: { item: 'x' } }), one.ask()]);
  answers.push(await one.ask());
  expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set(['{"left":7}']));
  expect(one.calls()).toBe(1);
  const started = one.events.filter(({ type }) => type === 'tool-started');
  expect(started.map(({ data }) => data.repeatOf ?? 'first').sort()).toEqual(['first', 'tc_1', 'tc_1', 'tc_1']);
  await one.writes.settled();
  expect(await rowsOf(one.callId)).toMatchObject([{ state: 'done', toolCallId: 'tc_1', answer: '{"left":7}' }]);
});

test('other arguments, and the same in a later turn, are new requests [V13]', async () => {
  const one = call(seven);
  await one.ask();
  await one.ask({ args: { item: 'y' } });
  await one.ask({ turnId: 't2' });
  expect(one.calls()).toBe(3);
  await one.writes.settled();
  expect((await rowsOf(one.callId)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
});

test('a write that the caller talked over is not sent again by the next turn [V13]', async () => {
  const talking = new AbortController();
  const served = Promise.withResolvers<void>();
  const one = call(async (calls, signal) => {
    await served.promise;
    return seven(calls, signal);
  });
  const first = one.ask({ signal: talking.signal });
  await expect.poll(one.calls).toBe(1);
  talking.abort();
  const second = one.ask({ turnId: 't2' });
  served.resolve();
  expect((await second).answer).toBe((await first).answer);
  await one.ask({ turnId: 't2' });
  expect(one.calls()).toBe(1);
  await one.ask({ turnId: 't3' });
  expect(one.calls()).toBe(2);
});

test('a write that was refused before it was sent may be asked again [V13] [K6]', async () => {
  const one = call(seven);
  let places = 0;
  const takeSlot = async () => {
    if (places++ === 0) throw new AppError('server-busy', 'Busy.');
    return () => {};
  };
  const asking = () => runToolCall({ ...one.runtime, takeSlot }, asked({ item: 'x' }, { server }));
  expect(await asking()).toMatchObject({ state: 'refused' });
  expect(await asking()).toMatchObject({ state: 'succeeded' });
  await one.writes.settled();
  expect(await rowsOf(one.callId)).toHaveLength(1);
});

test('a repeat of a write in doubt, or of one that failed, is told the same and not sent [V13]', async () => {
  const doubtful = call(never);
  const short = { server: testServer({ effect: 'write', timeoutMs: 1_500 }) };
  expect(await doubtful.ask(short)).toMatchObject({ state: 'in-doubt' });
  expect(await doubtful.ask(short)).toMatchObject({ state: 'in-doubt' });
  expect(doubtful.calls()).toBe(1);
  expect(doubtful.events.at(-1)?.type).toBe('tool-in-doubt');
  const failing = call(async () => ({ content: [], isError: true }));
  expect(await failing.ask()).toMatchObject({ code: 'tool-error' });
  expect(await failing.ask()).toMatchObject({ code: 'tool-error' });
  expect(failing.calls()).toBe(1);
  await Promise.all([doubtful.writes.settled(), failing.writes.settled()]);
  expect(await rowsOf(doubtful.callId)).toMatchObject([{ state: 'in-doubt' }]);
  expect(await rowsOf(failing.callId)).toMatchObject([{ state: 'not-done' }]);
});

test('what was noted by a process that died is not sent again [V13]', async () => {
  const dead = call(never);
  void dead.ask({ server: testServer({ effect: 'write', timeoutMs: 60_000 }) });
  await expect.poll(dead.calls).toBe(1);
  const next = call(seven, { callId: dead.callId });
  expect(await next.ask()).toMatchObject({ state: 'in-doubt' });
  expect(next.calls()).toBe(0);
  const done = call(seven);
  const { answer } = await done.ask();
  await done.writes.settled();
  const after = call(seven, { callId: done.callId });
  expect(await after.ask()).toEqual({ state: 'succeeded', answer });
  expect(after.calls()).toBe(0);
  await forTeam(team, (tx) => doubtLostWrites(tx, new Date()));
  expect(await rowsOf(dead.callId)).toMatchObject([{ state: 'sent' }]);
  await forTeam(team, (tx) => doubtLostWrites(tx, new Date(Date.now() + 11 * 60_000)));
  expect(await rowsOf(dead.callId)).toMatchObject([{ state: 'in-doubt' }]);
});

test('a write that cannot be noted is not sent, and the caller hears the safe sentence [V12] [V13]', async () => {
  const callId = newId('call');
  const stored = storedWrites(team, callId);
  const late = {
    ...stored,
    claim: (intent: Parameters<WriteStore['claim']>[0]) => sleep(80).then(() => stored.claim(intent)),
  };
  for (const store of [{ ...stored, claim: () => Promise.reject(new Error('gone')) }, late]) {
    const one = call(seven, { callId, store, claimMs: 20 });
    const outcome = await one.ask();
    expect(outcome).toMatchObject({ state: 'failed', code: 'ledger-unavailable' });
    expect(outcome.answer).toContain('I could not do that just now.');
    await one.writes.settled();
    expect(one.calls()).toBe(0);
  }
  // The late one landed after all: the row says that nothing was sent.
  expect(await rowsOf(callId)).toMatchObject([{ state: 'not-done' }]);
});

test('without log and ledger a write is refused as soon as one is known to be away [V13]', async () => {
  const callId = newId('call');
  const stored = storedWrites(team, callId);
  const refused = Promise.withResolvers<void>();
  const late: WriteStore = { ...stored, claim: (intent) => refused.promise.then(() => stored.claim(intent)) };
  const one = call(seven, { callId, store: late });
  const began = performance.now();
  const runtime = { ...one.runtime, writeThrough: async () => false };
  expect(await runToolCall(runtime, asked({ item: 'x' }, { server }))).toMatchObject({ code: 'log-unavailable' });
  expect(performance.now() - began).toBeLessThan(1_200);
  refused.resolve();
  await one.writes.settled();
  expect(await rowsOf(callId)).toMatchObject([{ state: 'not-done' }]);
  expect(one.calls()).toBe(0);
});

test('the ledger of one team is not another’s [V6]', async () => {
  const one = call(seven);
  await one.ask();
  expect(await forTeam('team-others', (tx) => tx.select().from(writeRequests))).toEqual([]);
});

test('500 calls under random trouble: no write is sent twice, and each is accounted for [V13]', async () => {
  const random = seeded(20_26);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  const planned = new Map<string, { fault: (typeof faults)[number]; delayMs: number }>();
  const till = await startFaultyTill((order) => planned.get(order) ?? { fault: 'none', delayMs: 0 });
  const policy = { effect: 'write', timeoutMs: 250 } as const;
  const frozen = { ...testServer(policy, { type: 'object', required: ['order'] }), url: till.url };
  frozen.tools = frozen.tools.map((tool) => ({ ...tool, definition: { ...tool.definition, name: 'place_order' } }));
  const seen = { done: 0, 'not-done': 0, 'in-doubt': 0, sent: 0, unsent: 0, repeats: 0, asked: 0 };

  const oneCall = async (run: number) => {
    const callId = newId('call');
    const session = await openMcpSession({ server: frozen, key: null });
    const writes = new WriteLedger(troubled(storedWrites(team, callId), random), { claimMs: 150 });
    const { runtime, events } = testRuntime(seven, {
      writes,
      session: async () => session,
      newId: () => newId('run'),
      write: (type, data, ids) => void events.push({ type, data: { ...data, ...ids } }),
      writeThrough: async (type, data, ids) => {
        events.push({ type, data: { ...data, ...ids } });
        return random() > 0.03;
      },
    });
    const outcomes: { order: string; outcome: ToolOutcome }[] = [];
    for (let turn = 1; turn <= 1 + Math.floor(random() * 2); turn++) {
      const order = `${run}-${turn}`;
      const fault = random() < 0.5 ? 'none' : (pick(faults) ?? 'none');
      planned.set(order, { fault, delayMs: fault === 'late' ? 320 : Math.floor(random() * 20) });
      const talking = new AbortController();
      const request = (turnId: string, signal = talking.signal) =>
        runToolCall(runtime, { server: frozen, tool: 'place_order', args: { order }, signal, turnId }).then((outcome) =>
          outcomes.push({ order, outcome }),
        );
      // The model asks again, at once or a little later; the caller may talk over it, and the model asks in the new turn.
      const asked = [request(`t${turn}`)];
      for (let again = Math.floor(random() * 3); again > 0; again--) {
        if (random() < 0.5) await sleep(random() * 30);
        asked.push(request(`t${turn}`));
      }
      const underWay = outcomes.every((one) => one.order !== order);
      if (random() < 0.3 && underWay) {
        talking.abort();
        asked.push(request(`t${turn}-next`, new AbortController().signal));
      }
      await Promise.all(asked);
      if (random() < 0.3) await request(`t${turn}`);
      seen.asked += asked.length;
    }
    await writes.settled();
    await session.close();

    const rows = await rowsOf(callId);
    const ordersOf = new Map(
      events
        .filter(({ type, data }) => type === 'tool-started' && data.repeatOf === undefined)
        .map(({ data }) => [data.toolCallId, isRecord(data.arguments) ? data.arguments.order : null]),
    );
    seen.repeats += events.filter(({ data }) => data.repeatOf !== undefined).length;
    for (const order of new Set(outcomes.map((one) => one.order))) {
      const arrived = till.arrived.get(order) ?? 0;
      const taken = till.taken.get(order) ?? 0;
      expect(arrived, `order ${order} arrived`).toBeLessThanOrEqual(1);
      const states = rows.filter((row) => ordersOf.get(row.toolCallId) === order).map(({ state }) => state);
      expect(states).not.toContain('sent');
      expect(states.length, 'what arrived is noted').toBeGreaterThanOrEqual(arrived);
      if (states.includes('done')) expect(taken).toBe(1);
      if (taken === 1) expect(states.some((state) => state === 'done' || state === 'in-doubt')).toBe(true);
      for (const state of states) seen[state] += 1;
      if (states.length === 0) seen.unsent += 1;
      // All who asked in one turn were told one thing.
      const told = outcomes.filter((one) => one.order === order && one.outcome.state === 'succeeded');
      expect(new Set(told.map(({ outcome }) => outcome.answer)).size).toBeLessThanOrEqual(1);
    }
    const ends = events.filter(({ type }) => /^tool-(succeeded|failed|in-doubt)$/.test(type));
    expect(ends.length).toBe(outcomes.length);
  };

  const runs = Array.from({ length: 500 }, (_, run) => run);
  const lane = async () => {
    for (let run = runs.shift(); run !== undefined; run = runs.shift()) await oneCall(run);
  };
  try {
    await Promise.all(Array.from({ length: 8 }, lane));
  } finally {
    till.stop();
  }
  const twice = [...till.arrived.values()].filter((times) => times > 1).length;
  process.stdout.write(`writes under trouble: ${JSON.stringify({ ...seen, twice })}\n`);
  expect(twice).toBe(0);
  expect(seen.sent).toBe(0);
  for (const state of ['done', 'not-done', 'in-doubt', 'repeats'] as const) expect(seen[state]).toBeGreaterThan(20);
}, 240_000);

/** A store that now and then fails before or after it has written, or is late. */
function troubled(store: WriteStore, random: () => number): WriteStore {
  let settled = 0;
  return {
    claim: async (intent) => {
      const trouble = random();
      if (trouble < 0.02) throw new Error('gone before');
      if (trouble < 0.04) await sleep(200);
      return store.claim(intent);
    },
    settle: async (...row) => {
      if (++settled % 7 === 0) throw new Error('gone');
      await store.settle(...row);
    },
  };
}

/** Mulberry32: the same plan in each run of the test. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
