import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { AppError } from '#src/lib/app-error.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { ReadCache } from '#src/server/tools/read-cache.ts';
import { runToolCall } from '#src/server/tools/run-tool-call.ts';
import { inDoubtSentence } from '#src/server/tools/tell-model.ts';
import {
  asked,
  type Behaviour,
  lostOnce,
  never,
  safeSentence,
  seven,
  testRuntime,
  testServer,
} from '#src/server/tools/testing/test-runtime.ts';
import type { ToolRequest, ToolRuntime, ToolSession } from '#src/server/tools/tool-runtime.ts';
import { type EarlierWrite, WriteLedger } from '#src/server/tools/write-ledger.ts';

/** One way through the runtime: what is given, and what comes of it. */
type Path = {
  step: string;
  path: string;
  policy?: Partial<ToolPolicy>;
  server?: Partial<FrozenServer>;
  definition?: Partial<ToolDefinition>;
  args?: unknown;
  request?: Partial<ToolRequest>;
  behaviour?: Behaviour;
  runtime?: Partial<ToolRuntime> & { logIsUp?: boolean };
  /** Called once by somebody else before, with the same request. */
  twice?: boolean;
  interruptAfterMs?: number;
  state: 'succeeded' | 'refused' | 'failed' | 'in-doubt';
  code?: string;
  /** Events of the call, in order. */
  events: string[];
  /** Fields of the last event. */
  last?: Record<string, unknown>;
  /** Requests that the server saw. */
  sent: number;
  hears: 'answer' | 'safe' | 'in-doubt' | 'mend';
};

const started = 'tool-started';
const waiting = 'tool-waiting';
const done = 'tool-succeeded';
const failed = 'tool-failed';
const doubted = 'tool-in-doubt';
const read = { effect: 'read', timeoutMs: 20_000 } as const;
const write = { effect: 'write', confirmation: 'never', timeoutMs: 20_000 } as const;
const idempotent = { annotations: { idempotentHint: true } };
const refusing = (code: string) => async () => {
  throw new AppError(code, 'Not now.', { retryable: true });
};
const throwing =
  (code: string, retryable = false): Behaviour =>
  async () => {
    throw new AppError(code, 'Technical words.', { retryable });
  };
const nth =
  (...behaviours: Behaviour[]): Behaviour =>
  (calls, signal) =>
    (behaviours[calls - 1] ?? seven)(calls, signal);
const toolError: Behaviour = async () => ({ content: [{ type: 'text', text: 'sold out' }], isError: true });
const earlier = (row: Pick<EarlierWrite, 'state' | 'answer'>) =>
  new WriteLedger({ claim: async () => ({ earlier: { toolCallId: 'tc_0', ...row } }), settle: async () => {} });
const brokenLedger = new WriteLedger({
  claim: () => Promise.reject(new Error('away')),
  settle: async () => {},
});
const keptAnswer = new ReadCache({
  find: async () => ({ rawChars: 10, result: { content: [], structuredContent: { left: 3 }, isError: false } }),
  keep: async () => {},
  forget: async () => {},
});
const slow: Behaviour = async (calls, signal) => {
  await new Promise((resolve) => setTimeout(resolve, 80));
  return seven(calls, signal);
};
const talkative: ToolSession = {
  callTool: async (_name, _args, { onProgress }) => {
    onProgress?.({ progress: 1, total: 2 });
    return seven(1, undefined);
  },
};

// biome-ignore format: a table reads best with a row a line
const paths: Path[] = [
  { step: 'allowed', path: 'not allowed', policy: { ...read, allowed: false }, state: 'refused', code: 'tool-not-allowed', events: [failed], sent: 0, hears: 'safe' },
  { step: 'allowed', path: 'unknown tool', policy: read, request: { tool: 'other' }, state: 'refused', code: 'tool-not-allowed', events: [failed], sent: 0, hears: 'safe' },
  { step: 'allowed', path: 'only after the call', policy: read, server: { phase: 'after-call' }, state: 'refused', code: 'not-during-call', events: [failed], sent: 0, hears: 'safe' },
  { step: 'allowed', path: 'another definition than the approved one', policy: read, runtime: { quarantined: () => true }, state: 'refused', code: 'definition-changed', events: [failed], sent: 0, hears: 'safe' },
  { step: 'valid', path: 'arguments do not fit', policy: read, args: { item: 7 }, state: 'refused', code: 'arguments-invalid', events: [failed], sent: 0, hears: 'mend' },
  { step: 'valid', path: 'arguments of a write do not fit', policy: write, args: { item: 7 }, state: 'refused', code: 'arguments-invalid', events: [failed], sent: 0, hears: 'mend' },
  { step: 'known', path: 'the same write again', policy: write, twice: true, state: 'succeeded', events: [started, done, started, done], last: { answer: '{"left":7}' }, sent: 1, hears: 'answer' },
  { step: 'known', path: 'an earlier process did it', policy: write, runtime: { writes: earlier({ state: 'done', answer: '{"left":7}' }) }, state: 'succeeded', events: [started, done], sent: 0, hears: 'answer' },
  { step: 'known', path: 'an earlier process did not do it', policy: write, runtime: { writes: earlier({ state: 'not-done', answer: null }) }, state: 'failed', code: 'not-done', events: [started, failed], sent: 0, hears: 'safe' },
  { step: 'known', path: 'an earlier process left it open', policy: write, runtime: { writes: earlier({ state: 'sent', answer: null }) }, state: 'in-doubt', code: 'in-doubt', events: [started, doubted], sent: 0, hears: 'in-doubt' },
  { step: 'confirmed', path: 'nobody was asked', policy: { ...write, confirmation: 'caller' }, state: 'refused', code: 'not-confirmed', events: [failed], sent: 0, hears: 'safe' },
  { step: 'confirmed', path: 'only one of two said yes', policy: { ...write, confirmation: 'caller-then-operator' }, request: { release: { id: 'y1', caller: true, operator: false } }, state: 'refused', code: 'not-confirmed', events: [failed], sent: 0, hears: 'safe' },
  { step: 'confirmed', path: 'the caller said yes', policy: { ...write, confirmation: 'caller' }, request: { release: { id: 'y2', caller: true, operator: false } }, state: 'succeeded', events: [started, done], sent: 1, hears: 'answer' },
  { step: 'confirmed', path: 'an operator said yes', policy: { ...write, confirmation: 'operator' }, request: { release: { id: 'y3', caller: false, operator: true } }, state: 'succeeded', events: [started, done], sent: 1, hears: 'answer' },
  { step: 'cached', path: 'an answer was kept', policy: { ...read, cacheTtlMs: 60_000 }, runtime: { cache: keptAnswer }, state: 'succeeded', events: [started, done], last: { cached: true, answer: '{"left":3}' }, sent: 0, hears: 'answer' },
  { step: 'within limits', path: 'asked too often', policy: read, runtime: { takeSlot: refusing('rate-limited') }, state: 'refused', code: 'rate-limited', events: [failed], sent: 0, hears: 'safe' },
  { step: 'within limits', path: 'no place free for a write', policy: write, runtime: { takeSlot: refusing('server-busy') }, state: 'refused', code: 'server-busy', events: [failed], sent: 0, hears: 'safe' },
  { step: 'resting', path: 'the server rests', policy: read, runtime: { breaker: async () => null }, state: 'refused', code: 'server-resting', events: [failed], sent: 0, hears: 'safe' },
  { step: 'announced', path: 'the log is away: a read goes on', policy: read, runtime: { logIsUp: false }, state: 'succeeded', events: [started, done], sent: 1, hears: 'answer' },
  { step: 'announced', path: 'the log is away: a write is not sent', policy: write, runtime: { logIsUp: false }, state: 'failed', code: 'log-unavailable', events: [started, failed], sent: 0, hears: 'safe' },
  { step: 'announced', path: 'the ledger is away', policy: write, runtime: { writes: brokenLedger }, state: 'failed', code: 'ledger-unavailable', events: [started, failed], sent: 0, hears: 'safe' },
  { step: 'sent', path: 'a read answers', policy: read, state: 'succeeded', events: [started, done], sent: 1, hears: 'answer' },
  { step: 'sent', path: 'a write answers', policy: write, state: 'succeeded', events: [started, done], sent: 1, hears: 'answer' },
  { step: 'sent', path: 'a read whose session broke meanwhile', policy: read, behaviour: lostOnce, state: 'succeeded', events: [started, done], last: { attempts: 2 }, sent: 2, hears: 'answer' },
  { step: 'sent', path: 'a read that is tried again', policy: { ...read, retries: 1 }, behaviour: nth(throwing('server-error', true)), runtime: { slowAfterMs: 5_000 }, state: 'succeeded', events: [started, done], last: { attempts: 2 }, sent: 2, hears: 'answer' },
  { step: 'sent', path: 'a read that fails every time', policy: { ...read, retries: 1 }, behaviour: throwing('server-error', true), runtime: { slowAfterMs: 5_000 }, state: 'failed', code: 'server-error', events: [started, failed], last: { attempts: 2 }, sent: 2, hears: 'safe' },
  { step: 'sent', path: 'a read without an answer in time', policy: { ...read, timeoutMs: 120 }, behaviour: never, runtime: { slowAfterMs: 5_000 }, state: 'failed', code: 'timed-out', events: [started, failed], sent: 1, hears: 'safe' },
  { step: 'sent', path: 'a read within what its server may take', policy: read, server: { limits: { ...testServer({}).limits, toolTimeoutMs: 120 } }, behaviour: never, runtime: { slowAfterMs: 5_000 }, state: 'failed', code: 'timed-out', events: [started, failed], sent: 1, hears: 'safe' },
  { step: 'sent', path: 'a read that the caller talked over', policy: read, behaviour: never, interruptAfterMs: 20, runtime: { slowAfterMs: 5_000 }, state: 'failed', code: 'interrupted', events: [started, failed], sent: 1, hears: 'safe' },
  { step: 'sent', path: 'a write that the caller talked over goes on', policy: write, behaviour: slow, interruptAfterMs: 20, runtime: { slowAfterMs: 5_000 }, state: 'succeeded', events: [started, done], sent: 1, hears: 'answer' },
  { step: 'sent', path: 'a write without an answer in time', policy: { ...write, timeoutMs: 120 }, behaviour: never, runtime: { slowAfterMs: 5_000 }, state: 'in-doubt', code: 'timed-out', events: [started, doubted], sent: 1, hears: 'in-doubt' },
  { step: 'sent', path: 'a write whose connection broke', policy: { ...write, retries: 3 }, behaviour: lostOnce, state: 'in-doubt', code: 'connection-lost', events: [started, doubted], sent: 1, hears: 'in-doubt' },
  { step: 'sent', path: 'a write whose session never opened', policy: { ...write, timeoutMs: 120 }, runtime: { session: () => new Promise(() => {}), slowAfterMs: 5_000 }, state: 'failed', code: 'timed-out', events: [started, failed], sent: 0, hears: 'safe' },
  { step: 'sent', path: 'a write that the server refused', policy: write, behaviour: throwing('unauthorised'), state: 'failed', code: 'unauthorised', events: [started, failed], sent: 1, hears: 'safe' },
  { step: 'sent', path: 'a write to a server that is not there', policy: write, behaviour: throwing('connection-refused', true), state: 'failed', code: 'connection-refused', events: [started, failed], sent: 1, hears: 'safe' },
  { step: 'sent', path: 'a tool that answers with an error', policy: write, behaviour: toolError, state: 'failed', code: 'tool-error', events: [started, failed], last: { raw: 'sold out' }, sent: 1, hears: 'safe' },
  { step: 'sent again', path: 'a promised write that was lost', policy: { ...write, retries: 1 }, definition: idempotent, behaviour: lostOnce, runtime: { slowAfterMs: 5_000 }, state: 'succeeded', events: [started, done], last: { attempts: 2 }, sent: 2, hears: 'answer' },
  { step: 'sent again', path: 'a promised write, where the operator allows no second try', policy: write, definition: idempotent, behaviour: lostOnce, state: 'in-doubt', code: 'connection-lost', events: [started, doubted], sent: 1, hears: 'in-doubt' },
  { step: 'sent again', path: 'a promised write that is lost every time', policy: { ...write, retries: 1 }, definition: idempotent, behaviour: throwing('connection-lost', true), runtime: { slowAfterMs: 5_000 }, state: 'in-doubt', code: 'connection-lost', events: [started, doubted], last: { attempts: 2 }, sent: 2, hears: 'in-doubt' },
  { step: 'sent again', path: 'a promised write that was lost, then refused by the tool', policy: { ...write, retries: 1 }, definition: idempotent, behaviour: nth(throwing('connection-lost', true), toolError), runtime: { slowAfterMs: 5_000 }, state: 'in-doubt', code: 'tool-error', events: [started, doubted], sent: 2, hears: 'in-doubt' },
  { step: 'sent again', path: 'a promised write that was lost, then turned away', policy: { ...write, retries: 1 }, definition: idempotent, behaviour: nth(throwing('connection-lost', true), throwing('unauthorised')), runtime: { slowAfterMs: 5_000 }, state: 'in-doubt', code: 'unauthorised', events: [started, doubted], sent: 2, hears: 'in-doubt' },
  { step: 'bridged', path: 'a slow tool', policy: read, behaviour: slow, runtime: { slowAfterMs: 20 }, state: 'succeeded', events: [started, waiting, done], sent: 1, hears: 'answer' },
  { step: 'progress', path: 'a server that tells how far it is', policy: read, runtime: { session: async () => talkative }, state: 'succeeded', events: [started, 'tool-progress', done], sent: 0, hears: 'answer' },
  { step: 'filtered', path: 'fields are taken out', policy: { ...read, outputFilter: '{"fields":["right"]}' }, state: 'succeeded', events: [started, done], last: { structuredContent: {} }, sent: 1, hears: 'answer' },
  { step: 'filtered', path: 'a filter that cannot be applied', policy: { ...read, outputFilter: 'not a filter' }, state: 'succeeded', events: [started, done], last: { filterProblem: 'failed' }, sent: 1, hears: 'answer' },
  { step: 'filtered', path: 'a filter that does not end', policy: { ...read, outputFilter: '{"patterns":["(a+)+$"]}' }, behaviour: async () => ({ content: [{ type: 'text', text: `${'a'.repeat(40)}!` }], isError: false }), state: 'succeeded', events: [started, done], last: { filterProblem: 'too-slow' }, sent: 1, hears: 'answer' },
  { step: 'shaped', path: 'an answer of nothing', policy: read, behaviour: async () => ({ content: [], isError: false }), state: 'succeeded', events: [started, done], last: { answer: 'The tool answered with nothing.' }, sent: 1, hears: 'answer' },
];

const schema = { type: 'object', properties: { item: { type: 'string' } } };

test.each(paths)('$step: $path [V8] [V12] [V13]', async (one) => {
  const made = testRuntime(one.behaviour ?? seven, one.runtime);
  const base = testServer(one.policy ?? {}, schema);
  const server = {
    ...base,
    ...one.server,
    tools: base.tools.map((tool) => ({ ...tool, definition: { ...tool.definition, ...one.definition } })),
  };
  const caller = new AbortController();
  if (one.interruptAfterMs !== undefined) setTimeout(() => caller.abort(), one.interruptAfterMs);
  const request = { ...asked(one.args ?? { item: 'x' }, { server, signal: caller.signal }), ...one.request };
  if (one.twice) await runToolCall(made.runtime, request);
  const outcome = await runToolCall(made.runtime, request);

  expect(outcome).toMatchObject({ state: one.state, ...(one.code ? { code: one.code } : {}) });
  expect(made.events.map(({ type }) => type)).toEqual(one.events);
  if (one.last) expect(made.events.at(-1)?.data).toMatchObject(one.last);
  expect(made.calls()).toBe(one.sent);
  // Whatever went wrong, the model is told what to say, and nothing technical.
  const told: { error?: { say?: string; problem?: string } } = one.hears === 'answer' ? {} : JSON.parse(outcome.answer);
  if (one.hears === 'safe') expect(told.error?.say).toBe(safeSentence);
  if (one.hears === 'in-doubt') expect(told.error?.say).toBe(inDoubtSentence);
  if (one.hears === 'mend') expect(told.error?.problem).toMatch(/item/);
  expect(outcome.answer).not.toContain('Technical');
});

test('every step and every code of docs/tool-runtime.md has its path here [V8] [V12] [V13]', () => {
  const docs = readFileSync(new URL('../../docs/tool-runtime.md', import.meta.url), 'utf8');
  const [, steps = '', ...rest] = docs.split('| step | file | what it decides |');
  const documented = [
    ...((steps || rest.join('')).split('\n\n')[0]?.matchAll(/^\| ([a-z ]+?)(?: \([a-z]+\))? \|/gm) ?? []),
  ].map(([, name]) => name);
  expect(documented.length).toBeGreaterThan(10);
  expect(new Set(paths.map(({ step }) => step))).toEqual(new Set(documented));
  const failures = docs.split('| what happened | code |')[1]?.split('\n\n')[0] ?? '';
  const codes = [...failures.matchAll(/^\|[^|]*\|([^|]*)\|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code),
  );
  expect(codes.length).toBeGreaterThan(12);
  const shown = new Set(paths.map(({ code }) => code));
  expect(codes.filter((code) => !shown.has(code))).toEqual([]);
});
