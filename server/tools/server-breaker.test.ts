import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { AppError } from '#src/lib/app-error.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { serverBreaker } from '#src/server/tools/server-breaker.ts';
import { asked, safeSentence, seven, testRuntime, testServer } from '#src/server/tools/testing/test-runtime.ts';

test('after five failures in a row a server rests, and is asked again later [V12]', async () => {
  const restMs = 1_500;
  let works = false;
  const made = testRuntime(
    async (calls, signal) => {
      if (works) return seven(calls, signal);
      throw new AppError('server-error', 'Status 500.', { retryable: true });
    },
    { breaker: serverBreaker({ restMs }) },
  );
  const ask = (effect: 'read' | 'write', id = 'srv_1') =>
    runToolCall(made.runtime, { ...asked({}, { server: { ...testServer({ effect }), id } }), turnId: undefined });
  for (let i = 0; i < 5; i++) expect(await ask('read')).toMatchObject({ code: 'server-error' });
  for (const effect of ['read', 'write'] as const) {
    const resting = await ask(effect);
    expect(resting).toMatchObject({ state: 'refused', code: 'server-resting' });
    expect(resting.answer).toBe(JSON.stringify({ error: { say: safeSentence } }));
  }
  expect(made.calls()).toBe(5);
  expect(made.events.at(-1)).toMatchObject({ type: 'tool-failed', data: { code: 'server-resting' } });
  expect(await ask('read', 'srv_2')).toMatchObject({ code: 'server-error' });

  works = true;
  await sleep(restMs + 50);
  expect(await ask('read')).toMatchObject({ state: 'succeeded' });
  expect(await ask('read')).toMatchObject({ state: 'succeeded' });
});

test('an error that is the tool’s own answer does not make its server rest [V12]', async () => {
  const made = testRuntime(async () => ({ content: [], isError: true }), { breaker: serverBreaker() });
  for (let i = 0; i < 8; i++)
    expect(await runToolCall(made.runtime, asked({}, { server: testServer({ effect: 'read' }) }))).toMatchObject({
      code: 'tool-error',
    });
  expect(made.calls()).toBe(8);
});
