import { expect, test } from 'vitest';
import { AppError } from '#src/lib/app-error.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import {
  asked,
  type Behaviour,
  never,
  seven,
  testRuntime,
  testServer,
} from '#src/server/tools/testing/test-runtime.ts';

const overloaded = (times: number): Behaviour => {
  return async (calls, signal) => {
    if (calls <= times) throw new AppError('server-error', 'Status 503.', { retryable: true });
    return seven(calls, signal);
  };
};
const run = (made: ReturnType<typeof testRuntime>, policy: Parameters<typeof testServer>[0], signal?: AbortSignal) =>
  runToolCall(made.runtime, asked({}, { server: testServer(policy), ...(signal ? { signal } : {}) }));

test('a read is sent again as often as the operator allows, and the log says how often [V13]', async () => {
  const made = testRuntime(overloaded(2));
  expect(await run(made, { effect: 'read', retries: 2, timeoutMs: 20_000 })).toMatchObject({ state: 'succeeded' });
  expect(made.calls()).toBe(3);
  expect(made.events.at(-1)).toMatchObject({ type: 'tool-succeeded', data: { attempts: 3 } });

  const short = testRuntime(overloaded(2));
  expect(await run(short, { effect: 'read', retries: 1, timeoutMs: 20_000 })).toMatchObject({ code: 'server-error' });
  expect(short.calls()).toBe(2);
  expect(short.events.at(-1)).toMatchObject({ type: 'tool-failed', data: { attempts: 2 } });
});

test('a write is never sent again [V13]', async () => {
  const made = testRuntime(overloaded(1));
  expect(await run(made, { effect: 'write', retries: 5, timeoutMs: 20_000 })).toMatchObject({ state: 'in-doubt' });
  expect(made.calls()).toBe(1);
});

test('what would fail again is not tried again: a refusal, an error of the tool, too many requests [V13]', async () => {
  const behaviours: Behaviour[] = [
    async () => ({ content: [], isError: true }),
    async () => {
      throw new AppError('unauthorised', 'No.');
    },
    async () => {
      throw new AppError('rate-limited', 'Status 429.', { retryable: true });
    },
  ];
  for (const behaviour of behaviours) {
    const made = testRuntime(behaviour);
    expect(await run(made, { effect: 'read', retries: 5 })).toMatchObject({ state: 'failed' });
    expect(made.calls()).toBe(1);
    expect(made.events.at(-1)?.data).not.toHaveProperty('attempts');
  }
});

test('tries end with the time of the tool [V8] [V13]', async () => {
  const made = testRuntime(overloaded(9));
  const began = performance.now();
  expect(await run(made, { effect: 'read', retries: 5, timeoutMs: 1_000 })).toMatchObject({ code: 'server-error' });
  // The fourth pause would be 800 ms, of which at most 300 are left.
  expect(performance.now() - began).toBeLessThan(1_500);
  expect(made.calls()).toBeGreaterThan(1);
  expect(made.calls()).toBeLessThan(5);
});

test('a caller who goes on talking ends the tries [V13]', async () => {
  const talking = new AbortController();
  const made = testRuntime(async (calls, signal) => {
    talking.abort();
    return overloaded(9)(calls, signal);
  });
  expect(await run(made, { effect: 'read', retries: 5 }, talking.signal)).toMatchObject({ code: 'interrupted' });
  expect(made.calls()).toBe(1);
});

test('a write whose session never opened was not sent, and there is no doubt [V13]', async () => {
  const made = testRuntime(seven, { session: () => new Promise(() => {}) });
  expect(await run(made, { effect: 'write', timeoutMs: 100 })).toMatchObject({ state: 'failed', code: 'timed-out' });
  let open: () => void = () => {};
  const opening = new Promise<void>((resolve) => {
    open = resolve;
  });
  const late = testRuntime(seven, {
    session: async () => {
      await opening;
      return { callTool: () => Promise.reject(new Error('A write left after its time.')) };
    },
  });
  expect(await run(late, { effect: 'write', timeoutMs: 100 })).toMatchObject({ state: 'failed' });
  open();
  expect(await run(testRuntime(never), { effect: 'write', timeoutMs: 100 })).toMatchObject({ state: 'in-doubt' });
});
