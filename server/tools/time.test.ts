import { expect, test } from 'vitest';
import type { ToolProgress } from '#src/server/mcp/mcp-session.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { asked, never, seven, testRuntime, testServer } from '#src/server/tools/testing/test-runtime.ts';
import type { ToolSession } from '#src/server/tools/tool-runtime.ts';

test('a tool gets no more time than its server may take [V8] [K6]', async () => {
  for (const [timeoutMs, toolTimeoutMs] of [
    [20_000, 150],
    [150, 20_000],
    [150, null],
  ] as const) {
    const server = testServer({ effect: 'read', timeoutMs });
    const limits = { ...server.limits, toolTimeoutMs };
    const made = testRuntime(never);
    const began = performance.now();
    expect(await runToolCall(made.runtime, asked({}, { server: { ...server, limits } }))).toMatchObject({
      code: 'timed-out',
    });
    expect(performance.now() - began).toBeGreaterThanOrEqual(100);
    expect(performance.now() - began).toBeLessThan(5_000);
  }
});

/** A session whose tool tells this much progress at once, and answers when told to. */
function talkative(tells: readonly ToolProgress[], answer: Promise<void>): ToolSession {
  return {
    callTool: async (_name, _args, { onProgress }) => {
      for (const told of tells) onProgress?.(told);
      await answer;
      return seven(1, undefined);
    },
  };
}

test('progress is told to the log, filtered, and not after the answer [V8] [X6]', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const tells = [
    { progress: 1, total: 3, message: 'wrote to ada@example.com' },
    { progress: 2, total: 3 },
    { progress: 3, total: 3, message: 'done' },
  ];
  const made = testRuntime(never, { session: async () => talkative(tells, promise), slowAfterMs: 10_000 });
  const policy = { effect: 'read', timeoutMs: 20_000, outputFilter: '{"redact":["email"]}' } as const;
  const call = runToolCall(made.runtime, asked({}, { server: testServer(policy) }));
  const told = () => made.events.filter(({ type }) => type === 'tool-progress').map(({ data }) => data);
  await expect.poll(() => told().length).toBe(2);
  resolve();
  expect(await call).toMatchObject({ state: 'succeeded' });
  expect(told()).toMatchObject([
    { progress: 1, total: 3, message: 'wrote to [e-mail address]' },
    { progress: 3, total: 3, message: 'done', tool: 'count' },
  ]);
  expect(made.events.map(({ type }) => type)).toEqual([
    'tool-started',
    'tool-progress',
    'tool-progress',
    'tool-succeeded',
  ]);
});

test('progress extends no deadline [V8]', async () => {
  const session: ToolSession = {
    callTool: (_name, _args, { onProgress, signal }) => {
      const telling = setInterval(() => onProgress?.({ progress: 1 }), 20);
      signal.addEventListener('abort', () => clearInterval(telling), { once: true });
      return new Promise(() => {});
    },
  };
  const made = testRuntime(never, { session: async () => session });
  const server = testServer({ effect: 'read', timeoutMs: 300 });
  expect(await runToolCall(made.runtime, asked({}, { server }))).toMatchObject({ code: 'timed-out' });
});
