import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import type { CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { LiveQuestions } from '#src/server/agent/live-questions.ts';
import { startAskingServer } from '#src/server/agent/testing/asking-server.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { callWithDeadline } from '#src/server/tools/call-with-deadline.ts';

const eras = ['modern', 'legacy'] as const;

async function asking(era: (typeof eras)[number], o: { timeoutMs?: number; answerMs?: number } = {}) {
  const listening = await startAskingServer(era);
  const server: FrozenServer = {
    ...{ id: 'srv_ask', name: 'Bookings', transport: 'streamable-http', url: `${listening.origin}/mcp`, era: null },
    ...{ auth: { type: 'none' }, credentialId: null, stdio: null, envCredentialId: null, rest: null },
    ...{ limits: defaultLimits, phase: 'live', instructions: null, tools: [] },
  };
  const told: { type: string; data: Record<string, unknown>; toolCallId: string | undefined }[] = [];
  const questions = new LiveQuestions({
    events: {
      write: <T extends CallEventType>(
        type: T,
        data: CallEventData<T>,
        ids: { toolCallId?: string | undefined } = {},
      ) => void told.push({ type, data: { ...data }, toolCallId: ids.toolCallId }),
    },
    now: () => performance.now(),
    answerMs: o.answerMs ?? 10_000,
  });
  const session = await openMcpSession({ server, key: null, ask: questions.asker(server) });
  const cancel = new AbortController();
  const { timeoutMs = 5_000 } = o;
  const names = { serverId: server.id, serverName: server.name, tool: 'book_table' };
  return {
    questions,
    told,
    cancel,
    asked: () => vi.waitFor(() => expect(told[0]?.type).toBe('question-asked'), { timeout: 5_000 }),
    questionId: () => String(told[0]?.data.questionId),
    call: async () => {
      const attempt = await callWithDeadline({
        session: async () => session,
        tool: 'book_table',
        args: {},
        timeoutMs,
        deadline: questions.deadline(names, { turnId: 'turn', toolCallId: 'tc-1' }, timeoutMs),
        signal: cancel.signal,
      });
      return attempt.ok ? { ok: true, text: JSON.stringify(attempt.result.content) } : { ok: false, text: '' };
    },
    end: async () => {
      await session.close();
      await listening.close();
    },
  };
}

test.each(eras)(
  'a server of the %s era gets the operator’s answer; nobody else does, and no time is eaten [C6]',
  async (era) => {
    const one = await asking(era, { timeoutMs: 800 });
    one.questions.watching();
    const called = one.call();
    await one.asked();
    expect(one.told[0]).toMatchObject({
      toolCallId: 'tc-1',
      data: { serverName: 'Bookings', tool: 'book_table', message: 'Which table?', schema: { required: ['table'] } },
    });
    // Longer than the tool may take.
    await sleep(1_200);
    expect(one.questions.answer(one.questionId(), { action: 'accept', content: { table: 7 }, by: 'Ada' })).toBe(true);
    expect((await called).text).toMatch(/table.{0,10}:\s?7/);
    expect(one.told[1]).toEqual({
      type: 'question-answered',
      data: { questionId: one.questionId(), action: 'accept', by: 'Ada' },
      toolCallId: 'tc-1',
    });
    expect(one.questions.answer(one.questionId(), { action: 'decline', by: 'Grace' })).toBe(false);
    await one.end();
  },
);

test.each(eras)(
  'where nobody watches, a server of the %s era is declined after a moment, with a note [C6]',
  async (era) => {
    const one = await asking(era);
    const began = performance.now();
    expect((await one.call()).text).toContain('decline');
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(one.told.map(({ type, data }) => [type, data.action, data.by, data.note])).toEqual([
      ['question-asked', undefined, undefined, undefined],
      ['question-answered', 'decline', null, 'Nobody was watching the call.'],
    ]);
    await one.end();
  },
);

test('someone who has just opened the page still gets the question', async () => {
  const one = await asking('modern');
  const called = one.call();
  await expect.poll(() => one.told.length).toBe(1);
  one.questions.watching();
  await expect.poll(() => one.questions.answer(one.questionId(), { action: 'decline', by: 'Grace' })).toBe(true);
  await called;
  expect(one.told.at(-1)?.data).toMatchObject({ action: 'decline', by: 'Grace' });
  await one.end();
});

test('declining sends nothing of what was typed', async () => {
  const one = await asking('legacy');
  one.questions.watching();
  const called = one.call();
  await one.asked();
  one.questions.answer(one.questionId(), { action: 'decline', content: { table: 7 }, by: 'Ada' });
  expect((await called).text).not.toContain('7');
  await one.end();
});

test('a question that nobody answers in time is called off', async () => {
  const one = await asking('legacy', { answerMs: 200 });
  one.questions.watching();
  expect((await one.call()).text).toContain('cancel');
  expect(one.told[1]?.data).toMatchObject({ action: 'cancel', by: null, note: 'Nobody answered in time.' });
  await one.end();
});

test('with the tool call its question is over', async () => {
  const one = await asking('legacy');
  one.questions.watching();
  const called = one.call();
  await one.asked();
  one.cancel.abort();
  expect((await called).ok).toBe(false);
  await vi.waitFor(() => expect(one.told[1]?.data).toMatchObject({ action: 'cancel', by: null }), { timeout: 5_000 });
  await one.end();
});

test('the time of a tool that asks nothing is its own', async () => {
  const one = await asking('modern');
  const deadline = one.questions.deadline(
    { serverId: 's', serverName: 'S', tool: 't' },
    { turnId: undefined, toolCallId: 'x' },
    50,
  );
  await vi.waitFor(() => expect(deadline.signal.aborted).toBe(true), { timeout: 2_000 });
  deadline.stop();
  await one.end();
});

test('a server cannot hold the caller by asking on and on', async () => {
  const told: string[] = [];
  const questions = new LiveQuestions({
    events: { write: (type: string) => void told.push(type) },
    now: () => performance.now(),
    answerMs: 300,
  });
  const server: FrozenServer = {
    ...{ id: 'srv_ask', name: 'Bookings', transport: 'streamable-http', url: 'http://127.0.0.1:9/mcp', era: null },
    ...{ auth: { type: 'none' }, credentialId: null, stdio: null, envCredentialId: null, rest: null },
    ...{ limits: defaultLimits, phase: 'live', instructions: null, tools: [] },
  };
  const names = { serverId: server.id, serverName: server.name, tool: 'book_table' };
  const deadline = questions.deadline(names, { turnId: undefined, toolCallId: 'tc-1' }, 5_000);
  questions.watching();
  const ask = questions.asker(server);
  const began = performance.now();
  for (let n = 0; n < 50; n++) {
    const { action } = await ask({ message: 'Again?', schema: {} }, new AbortController().signal);
    expect(action).toBe('cancel');
  }
  expect(performance.now() - began).toBeLessThan(1_500);
  expect(told.filter((type) => type === 'question-asked')).toHaveLength(10);
  deadline.stop();
});
