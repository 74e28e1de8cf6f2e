import { describe, expect, test } from 'vitest';
import { AppError } from '#src/lib/app-error.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { inDoubtSentence } from '#src/server/tools/tell-model.ts';
import {
  asked,
  type Behaviour,
  lostOnce,
  never,
  seven,
  testRuntime,
  testServer,
} from '#src/server/tools/testing/test-runtime.ts';
import type { RanTool, ToolRuntime } from '#src/server/tools/tool-runtime.ts';

describe('a tool call', () => {
  const schema = {
    type: 'object',
    properties: { item: { type: 'string' } },
    required: ['item'],
    additionalProperties: false,
  };
  const cases: {
    title: string;
    policy: Partial<ToolPolicy>;
    args: unknown;
    behaviour: Behaviour;
    options?: Partial<ToolRuntime> & { logIsUp?: boolean };
    state: string;
    code?: string;
    events: string[];
    calls: number;
    answer: string | RegExp;
  }[] = [
    {
      title: 'a read that answers: structured content is the answer [X4]',
      policy: { effect: 'read' },
      args: { item: 'margherita' },
      behaviour: seven,
      state: 'succeeded',
      events: ['tool-started', 'tool-succeeded'],
      calls: 1,
      answer: '{"left":7}',
    },
    {
      title: 'a tool that is not allowed never leaves [V10]',
      policy: { allowed: false },
      args: { item: 'x' },
      behaviour: seven,
      state: 'refused',
      code: 'tool-not-allowed',
      events: ['tool-failed'],
      calls: 0,
      answer: /could not do that/,
    },
    {
      title: 'a changed definition is quarantined [B6]',
      policy: { effect: 'read' },
      args: { item: 'x' },
      behaviour: seven,
      options: { quarantined: () => true },
      state: 'refused',
      code: 'definition-changed',
      events: ['tool-failed'],
      calls: 0,
      answer: /could not do that/,
    },
    {
      title: 'a missing argument is told to the model and nothing is sent [K5]',
      policy: { effect: 'write' },
      args: {},
      behaviour: seven,
      state: 'refused',
      code: 'arguments-invalid',
      events: ['tool-failed'],
      calls: 0,
      answer: /item is missing/,
    },
    {
      title: 'an unknown argument too [K5]',
      policy: { effect: 'read' },
      args: { item: 'x', size: 3 },
      behaviour: seven,
      state: 'refused',
      code: 'arguments-invalid',
      events: ['tool-failed'],
      calls: 0,
      answer: /size is not a parameter/,
    },
    {
      title: 'a read that never answers is a timeout, and the caller hears a sentence [V12]',
      policy: { effect: 'read' },
      args: { item: 'x' },
      behaviour: never,
      state: 'failed',
      code: 'timed-out',
      events: ['tool-started', 'tool-waiting', 'tool-failed'],
      calls: 1,
      answer: /could not do that/,
    },
    {
      title: 'a read whose session broke is tried once more on a new one [V13]',
      policy: { effect: 'read' },
      args: { item: 'x' },
      behaviour: lostOnce,
      state: 'succeeded',
      events: ['tool-started', 'tool-succeeded'],
      calls: 2,
      answer: '{"left":7}',
    },
    {
      title: 'a write whose connection broke is in doubt and not sent again [V13]',
      policy: { effect: 'write' },
      args: { item: 'x' },
      behaviour: lostOnce,
      state: 'in-doubt',
      code: 'connection-lost',
      events: ['tool-started', 'tool-in-doubt'],
      calls: 1,
      answer: inDoubtSentence,
    },
    {
      title: 'a write that timed out is in doubt [V13]',
      policy: { effect: 'write' },
      args: { item: 'x' },
      behaviour: never,
      state: 'in-doubt',
      code: 'timed-out',
      events: ['tool-started', 'tool-waiting', 'tool-in-doubt'],
      calls: 1,
      answer: inDoubtSentence,
    },
    {
      title: 'a write that never left has failed, without doubt',
      policy: { effect: 'write' },
      args: { item: 'x' },
      behaviour: async () => {
        throw new AppError('connection-refused', 'Nobody listens.');
      },
      state: 'failed',
      code: 'connection-refused',
      events: ['tool-started', 'tool-failed'],
      calls: 1,
      answer: /could not do that/,
    },
    {
      title: 'no write is sent while the log cannot be written',
      policy: { effect: 'write' },
      args: { item: 'x' },
      behaviour: seven,
      options: { logIsUp: false },
      state: 'failed',
      code: 'log-unavailable',
      events: ['tool-started', 'tool-failed'],
      calls: 0,
      answer: /could not do that/,
    },
    {
      title: 'a read goes on while the log cannot be written',
      policy: { effect: 'read' },
      args: { item: 'x' },
      behaviour: seven,
      options: { logIsUp: false },
      state: 'succeeded',
      events: ['tool-started', 'tool-succeeded'],
      calls: 1,
      answer: '{"left":7}',
    },
    {
      title: 'an error of the tool itself is told as one [V12]',
      policy: { effect: 'read' },
      args: { item: 'x' },
      behaviour: async () => ({ content: [{ type: 'text', text: 'no such dish' }], isError: true }),
      state: 'failed',
      code: 'tool-error',
      events: ['tool-started', 'tool-failed'],
      calls: 1,
      answer: /no such dish/,
    },
  ];
  test.each(cases)('$title', async ({ policy, args, behaviour, options, state, code, events, calls, answer }) => {
    const made = testRuntime(behaviour, options);
    const outcome = await runToolCall(made.runtime, asked(args, { server: testServer(policy, schema) }));
    expect(outcome.state).toBe(state);
    if (code) expect(outcome).toMatchObject({ code });
    expect(made.events.map((event) => event.type)).toEqual(events);
    expect(made.calls()).toBe(calls);
    if (typeof answer === 'string') expect(outcome.answer).toContain(answer);
    else expect(outcome.answer).toMatch(answer);
  });
});

test('nothing technical is in what the model is told about a failure [V12]', async () => {
  const broken: Behaviour = async () => {
    throw new AppError('connection-refused', 'connect ECONNREFUSED 10.0.0.7:443');
  };
  const made = testRuntime(broken);
  const outcome = await runToolCall(made.runtime, asked({}, { server: testServer({ effect: 'read' }) }));
  expect(outcome.answer).not.toMatch(/ECONN|10\.0|refused/);
  expect(made.events.at(-1)?.data).toMatchObject({
    code: 'connection-refused',
    message: 'connect ECONNREFUSED 10.0.0.7:443',
  });
});

test('a slow tool is bridged once, a quick one not [V8]', async () => {
  const slow = testRuntime(async (calls, signal) => {
    await new Promise((resolve) => setTimeout(resolve, 90));
    return seven(calls, signal);
  });
  await runToolCall(slow.runtime, asked({}, { server: testServer({ effect: 'read' }) }));
  expect(slow.fillers()).toBe(1);
  const quick = testRuntime(seven);
  await runToolCall(quick.runtime, asked({}, { server: testServer({ effect: 'read' }) }));
  expect(quick.fillers()).toBe(0);
});

test('an interruption gives up a read at once and lets a write finish [V13]', async () => {
  const reading = new AbortController();
  const read = testRuntime(
    (_calls, signal) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
  );
  const outcome = runToolCall(
    read.runtime,
    asked({}, { server: testServer({ effect: 'read' }), signal: reading.signal }),
  );
  reading.abort();
  expect(await outcome).toMatchObject({ state: 'failed', code: 'interrupted' });

  const writing = new AbortController();
  const write = testRuntime(async (calls, signal) => {
    writing.abort();
    await new Promise((resolve) => setTimeout(resolve, 20));
    return seven(calls, signal);
  });
  const written = await runToolCall(
    write.runtime,
    asked({}, { server: testServer({ effect: 'write' }), signal: writing.signal }),
  );
  expect(written.state).toBe('succeeded');
});

test('each call that was sent is told for figures, once and without words of anybody [V9]', async () => {
  const ran: RanTool[] = [];
  const at = testServer({});
  const { runtime: works } = testRuntime(seven, { ran: (run) => void ran.push(run) });
  await runToolCall(works, asked({}, { server: at }));
  const { runtime: hangs } = testRuntime(() => new Promise(() => {}), { ran: (run) => void ran.push(run) });
  await runToolCall(hangs, asked({}, { server: at }));
  await runToolCall(works, asked({}, { server: testServer({ allowed: false }) }));
  expect(ran).toEqual([
    { serverId: 'srv_1', tool: 'count', ok: true, ms: expect.any(Number), rawChars: 10, shapedChars: 10 },
    { serverId: 'srv_1', tool: 'count', ok: false, ms: expect.any(Number), rawChars: 0, shapedChars: 0 },
  ]);
});

test('a call beyond the limits of its server is not sent, and a place is given back in any case [K6]', async () => {
  let places = 1;
  const takeSlot = async () => {
    if (places === 0) throw new AppError('rate-limited', 'Too often.');
    places -= 1;
    return () => {
      places += 1;
    };
  };
  const held = testRuntime(() => new Promise(() => {}), { takeSlot });
  const first = runToolCall(held.runtime, asked({}, { server: testServer({}) }));
  const second = testRuntime(seven, { takeSlot });
  expect(await runToolCall(second.runtime, asked({}, { server: testServer({}) }))).toMatchObject({
    state: 'refused',
    code: 'rate-limited',
  });
  expect(second.calls()).toBe(0);
  expect(second.events.map(({ type }) => type)).toEqual(['tool-failed']);
  await first;
  expect(places).toBe(1);
  expect(await runToolCall(second.runtime, asked({}, { server: testServer({}) }))).toMatchObject({
    state: 'succeeded',
  });
});

test('what the filter takes out reaches neither model nor log, whatever the tool answers with [X6]', async () => {
  const behaviours: Behaviour[] = [
    async () => ({
      content: [{ type: 'text', text: 'ann@mail.example' }],
      structuredContent: { to: 'ann@mail.example' },
      isError: false,
    }),
    async () => ({ content: [{ type: 'text', text: 'no ann@mail.example' }], isError: true }),
    async () => {
      throw new AppError('server-error', 'The server refused: ann@mail.example', { raw: 'HTTP 500 ann@mail.example' });
    },
  ];
  for (const behaviour of behaviours)
    for (const effect of ['read', 'write'] as const) {
      const made = testRuntime(behaviour);
      const outputFilter = '{"redact":["email"]}';
      const outcome = await runToolCall(made.runtime, asked({}, { server: testServer({ effect, outputFilter }) }));
      expect(JSON.stringify([outcome, made.events])).not.toContain('ann@');
      expect(JSON.stringify(made.events)).toContain('[e-mail address]');
    }
});

test('the log says how long an answer was and what the model got of it [X6]', async () => {
  const ran: RanTool[] = [];
  const made = testRuntime(seven, { ran: (run) => void ran.push(run) });
  const policy = { effect: 'read', outputFilter: '{"fields":["none"]}' } as const;
  const outcome = await runToolCall(made.runtime, asked({}, { server: testServer(policy) }));
  expect(outcome.answer).toBe('{}');
  expect(made.events.at(-1)?.data).toMatchObject({ rawChars: 10, shapedChars: 2, structuredContent: {} });
  expect(ran).toMatchObject([{ rawChars: 10, shapedChars: 2 }]);
});

test('a filter that never ends never loses the call: it succeeds, its answer is withheld, the log says why [X6]', async () => {
  const made = testRuntime(async () => ({ content: [{ type: 'text', text: `${'a'.repeat(40)}!` }], isError: false }));
  const policy = { effect: 'read', outputFilter: '{"patterns":["^(a+)+$"]}' } as const;
  const outcome = await runToolCall(made.runtime, asked({}, { server: testServer(policy) }));
  expect(outcome).toMatchObject({ state: 'succeeded', answer: expect.stringContaining('withheld') });
  expect(made.events.at(-1)).toMatchObject({ type: 'tool-succeeded', data: { filterProblem: 'too-slow' } });
});
