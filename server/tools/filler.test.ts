import { afterAll, expect, test } from 'vitest';
import { closeConnection } from '#src/server/db/connection.ts';
import { newId } from '#src/server/db/new-id.ts';
import { recordToolRun } from '#src/server/mcp/tool-runs.ts';
import { usualTimes } from '#src/server/mcp/usual-times.ts';
import { fillerDelayMs } from '#src/server/tools/filler.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import {
  asked,
  type Behaviour,
  never,
  seven,
  testRuntime,
  testServer,
} from '#src/server/tools/testing/test-runtime.ts';

afterAll(closeConnection);
const until =
  (gate: Promise<void>): Behaviour =>
  async (calls, signal) => {
    await gate;
    return seven(calls, signal);
  };

test('a tool that is fast as measured gets its filler when it is late, a slow one at once [V8]', () => {
  expect(fillerDelayMs(700, null)).toBe(700);
  expect(fillerDelayMs(700, 60)).toBe(700);
  expect(fillerDelayMs(700, 700)).toBe(700);
  expect(fillerDelayMs(700, 3_000)).toBeLessThanOrEqual(150);
  expect(fillerDelayMs(40, 3_000)).toBe(40);
});

test('the first filler after the silence, another kind while it goes on, none after the answer [V8]', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const made = testRuntime(until(promise), { slowAfterMs: 30, stillSlowMs: 60 });
  const call = runToolCall(made.runtime, asked({}, { server: testServer({ effect: 'read', timeoutMs: 20_000 }) }));
  await expect.poll(() => made.said.length).toBeGreaterThanOrEqual(3);
  resolve();
  expect(await call).toMatchObject({ state: 'succeeded' });
  const said = made.said.length;
  expect(made.said).toEqual(['first', ...Array<'still'>(said - 1).fill('still')]);
  expect(made.events.filter(({ type }) => type === 'tool-waiting')).toHaveLength(1);
});

test('a tool that usually takes longer than the silence is bridged long before it [V8]', async () => {
  const began = performance.now();
  const { promise, resolve } = Promise.withResolvers<void>();
  const made = testRuntime(until(promise), { slowAfterMs: 10_000, usualMs: () => 12_000 });
  const call = runToolCall(made.runtime, asked({}, { server: testServer({ effect: 'read', timeoutMs: 20_000 }) }));
  await expect.poll(() => made.said).toEqual(['first']);
  expect(performance.now() - began).toBeLessThan(5_000);
  resolve();
  await call;
});

test('an interruption ends the fillers [V8]', async () => {
  const caller = new AbortController();
  const made = testRuntime(never, { slowAfterMs: 10, stillSlowMs: 10 });
  const server = testServer({ effect: 'read', timeoutMs: 20_000 });
  const call = runToolCall(made.runtime, asked({}, { server, signal: caller.signal }));
  await expect.poll(() => made.said.length).toBeGreaterThan(1);
  caller.abort();
  expect(await call).toMatchObject({ code: 'interrupted' });
  const said = made.said.length;
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(made.said).toHaveLength(said);
});

test('what a tool usually takes is read once, and a few runs say nothing [V8]', async () => {
  const [team, serverId] = [newId('run'), newId('srv')];
  const run = { serverId, source: 'call', ok: true, rawChars: 1, shapedChars: 1 } as const;
  for (const ms of [2_000, 2_400, 3_000, 2_900, 90]) await recordToolRun(team, { ...run, tool: 'slow', ms });
  for (const ms of [2_000, 2_400]) await recordToolRun(team, { ...run, tool: 'new', ms });
  const usual = usualTimes(team);
  expect(usual.of(serverId, 'slow')).toBeNull();
  await usual.load([serverId]);
  expect(usual.of(serverId, 'slow')).toMatchObject({ p50Ms: 2_400, p95Ms: 2_980 });
  expect(usual.of(serverId, 'new')).toBeNull();
  const other = usualTimes(newId('run'));
  await other.load([serverId]);
  expect(other.of(serverId, 'slow')).toBeNull();
});
