import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LLMock } from '@copilotkit/aimock';
import { dispose } from '@livekit/rtc-node';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { startAskingServer } from '#src/server/agent/testing/asking-server.ts';
import { startChangingServer } from '#src/server/agent/testing/changing-server.ts';
import {
  eventsOf,
  placeTestCall,
  startVoiceStack,
  type TestCall,
  testTeam,
  type VoiceStack,
  waitForEvent,
} from '#src/server/agent/testing/voice-stack.ts';
import { announceWatcher } from '#src/server/calls/announce-watcher.ts';
import { answerQuestion } from '#src/server/calls/answer-question.ts';
import { sendControl } from '#src/server/calls/livekit.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { makeHookKey } from '#src/server/hooks/hook-key.ts';
import { takeHook } from '#src/server/hooks/take-hook.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { createServer } from '#src/server/mcp/save-server.ts';
import { startEverything } from '#src/server/mcp/testing/everything-server.ts';
import { listenOn } from '#src/server/mcp/testing/listen.ts';
import { type JoinedCaller, joinAsCaller } from '#src/server/qa/join-as-caller.ts';

let stack: VoiceStack;
let open: { call: TestCall; caller: JoinedCaller } | null = null;
const config = { greeting: 'Hello, this is Luigi.', recording: false };

beforeAll(async () => {
  stack = await startVoiceStack();
});
const hangUp = async () => {
  if (!open) return;
  await sendControl(open.call.room, { type: 'end', reason: 'caller-hung-up' }).catch(() => {});
  await open.caller.leave();
  await waitForEvent(open.call.callId, 'call-ended');
  open = null;
};
afterEach(hangUp);
afterAll(async () => {
  await stack.stop();
  await dispose();
  await closeConnection();
});

/** A call whose greeting is over. */
async function greeted(server: FrozenServer, over: Parameters<typeof placeTestCall>[0] = {}) {
  const call = await placeTestCall({ ...config, ...over }, [server]);
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  open = { call, caller };
  await waitForEvent(call.callId, 'agent-speech-ended', { timeoutMs: 25_000 });
  return call;
}

async function frozen(url: string, more: Partial<FrozenServer> = {}): Promise<FrozenServer> {
  const server: FrozenServer = {
    ...{ id: 'srv_test', name: 'Bookings', transport: 'streamable-http', url, auth: { type: 'none' } },
    ...{ credentialId: null, stdio: null, envCredentialId: null, rest: null, limits: defaultLimits, phase: 'live' },
    ...{ instructions: null, era: 'modern', tools: [], ...more },
  };
  const session = await openMcpSession({ server, key: null });
  server.tools = (await session.listTools()).map((definition) => ({
    definition,
    hash: definitionHash(definition, session.instructions),
    policy: { ...newToolPolicy, allowed: true, effect: 'read', confirmation: 'never', timeoutMs: 1_500 },
  }));
  await session.close();
  return server;
}

const of = <T extends CallEvent['type']>(events: CallEvent[], type: T) =>
  events.filter((event): event is Extract<CallEvent, { type: T }> => event.type === type);

test('a server that takes 3 s to connect delays neither the greeting nor the first answer [X10]', async () => {
  let delayMs = 0;
  const handle = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'slow', version: '1' });
      server.registerTool('opening_hours', { description: 'Opening hours', inputSchema: z.object({}) }, () => ({
        content: [{ type: 'text', text: 'ten to ten' }],
      }));
      return server;
    }),
  );
  const listening = await listenOn(async (request, response) => {
    await sleep(delayMs);
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    await handle(request, response);
  });
  const server = await frozen(`${listening.origin}/mcp`);
  const figures: Record<'fast' | 'slow', { greetingMs: number[]; answerMs: number[]; connectedMs: number[] }> = {
    fast: { greetingMs: [], answerMs: [], connectedMs: [] },
    slow: { greetingMs: [], answerMs: [], connectedMs: [] },
  };
  for (const kind of ['fast', 'slow', 'slow', 'fast', 'fast', 'slow'] as const) {
    delayMs = kind === 'slow' ? 3_000 : 0;
    const { callId, room } = await greeted(server);
    await sendControl(room, { type: 'text', id: 'one', text: 'what can you do' });
    const answer = await waitForEvent(callId, 'agent-speech-started', { nth: 2 });
    const connected = await waitForEvent(callId, 'server-connected', { timeoutMs: 20_000 });
    const events = await eventsOf(callId);
    const turn = of(events, 'turn-committed')[0];
    figures[kind].greetingMs.push(of(events, 'agent-speech-started')[0]?.at ?? Number.NaN);
    figures[kind].answerMs.push((answer.at ?? Number.NaN) - (turn?.at ?? Number.NaN));
    figures[kind].connectedMs.push(connected.data.ms);
    if (kind === 'slow') expect(answer.at).toBeLessThan(connected.at ?? 0);
    await hangUp();
  }
  const { fast, slow } = figures;
  console.log(JSON.stringify(figures));
  expect(Math.min(...slow.connectedMs)).toBeGreaterThan(3_000);
  // Of the 3 s, nothing arrives at the caller: the best of each, for what else the machine does only adds.
  expect(Math.min(...slow.greetingMs)).toBeLessThan(Math.min(...fast.greetingMs) + 500);
  expect(Math.min(...slow.answerMs)).toBeLessThan(Math.min(...fast.answerMs) + 500);
  await listening.close();
}, 180_000);

test('a server asks in the middle of a tool call: the operator answers, the caller hears that it takes a moment [C6]', async () => {
  const listening = await startAskingServer('modern');
  const server = await frozen(`${listening.origin}/mcp`);
  const { callId, room } = await greeted(server);
  const watcher = new AbortController();
  announceWatcher(room, watcher.signal);
  await sendControl(room, { type: 'text', id: 'one', text: 'book a table for tonight' });
  const asked = await waitForEvent(callId, 'question-asked');
  expect(asked.data).toMatchObject({ serverName: 'Bookings', tool: 'book_table', message: 'Which table?' });
  const { questionId } = asked.data;
  const answer = (content: Record<string, number>) =>
    answerQuestion(testTeam, callId, questionId, { answer: { action: 'accept', content }, by: 'Ada' });
  // Longer than the tool may take.
  await sleep(2_500);
  await expect(answer({ table: 99 })).rejects.toMatchObject({ code: 'answer-invalid' });
  await expect(
    answerQuestion('team-other', callId, questionId, { answer: { action: 'decline' }, by: 'Eve' }),
  ).rejects.toMatchObject({ code: 'not-found' });
  await answer({ table: 7 });
  const done = await waitForEvent(callId, 'tool-succeeded');
  expect(JSON.stringify(done.data.content)).toContain('7');
  expect(done.toolCallId).toBe(asked.toolCallId);
  const answered = await waitForEvent(callId, 'question-answered');
  expect(answered.data).toEqual({ questionId, action: 'accept', by: 'Ada' });
  await expect(answer({ table: 8 })).rejects.toMatchObject({ code: 'question-closed' });
  const fillers = of(await eventsOf(callId), 'agent-speech-started').filter(({ data }) => data.kind === 'filler');
  expect(fillers.length).toBeGreaterThan(0);
  watcher.abort();
  await hangUp();
  await listening.close();
}, 90_000);

test('a tool that its server drops in mid-call is not offered any more, and is again when it is back [V2]', async () => {
  const hours = { opening_hours: 'Opening hours today' };
  const changing = await startChangingServer('modern', hours);
  const server = await frozen(changing.url);
  const { callId, room } = await greeted(server);
  const ask = (id: string) => sendControl(room, { type: 'text', id, text: 'what are the opening hours today' });
  await waitForEvent(callId, 'server-connected');
  await ask('one');
  await waitForEvent(callId, 'tool-succeeded');
  /** The subscription is opened behind the caller's back: the change is told until it is heard. */
  const tell = async (tools: Record<string, string>, nth: number) => {
    const again = setInterval(() => changing.list(tools), 300);
    const changed = await waitForEvent(callId, 'tools-changed', { nth }).finally(() => clearInterval(again));
    return changed.data;
  };
  expect(await tell({}, 1)).toMatchObject({ offered: [], withdrawn: ['opening_hours'] });
  await ask('two');
  await waitForEvent(callId, 'turn-committed', { nth: 2 });
  await waitForEvent(callId, 'agent-speech-ended', { nth: 3 });
  expect(of(await eventsOf(callId), 'tool-started')).toHaveLength(1);
  expect(of(await eventsOf(callId), 'tool-failed')).toEqual([]);
  expect(await tell(hours, 2)).toMatchObject({ offered: ['opening_hours'], withdrawn: [] });
  await ask('three');
  await waitForEvent(callId, 'tool-succeeded', { nth: 2 });
  await hangUp();
  await changing.close();
}, 90_000);

test('what a server tells by webhook is said to the caller where it may be, and known to the model [K8]', async () => {
  const listening = await startAskingServer('modern');
  const url = `${listening.origin}/mcp`;
  const limits = { ...defaultLimits, maySpeak: true };
  const { id } = await createServer(testTeam, { name: 'Kitchen', url, limits });
  const { key } = await makeHookKey({ teamId: testTeam, role: 'owner', name: 'test', userId: null }, id);
  const server = await frozen(url, { id, name: 'Kitchen', limits });
  const { callId } = await greeted(server);
  const timestamp = Math.floor(Date.now() / 1_000);
  const body = JSON.stringify({
    event: 'order.ready',
    timestamp,
    data: { message: 'Your pizza is ready.', id: 'ord_1' },
  });
  const signature = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex');
  await takeHook(id, { body, signature: `v1=${signature}` });
  await waitForEvent(callId, 'server-notice');
  const said = await waitForEvent(callId, 'agent-speech-started', { nth: 2 });
  expect(said.data).toMatchObject({ kind: 'prompt', text: 'Your pizza is ready.' });
  await hangUp();
  await listening.close();
}, 90_000);

test('a model is told of chosen resources, prompts and notices, from the first turn that they are there on [V16] [K8]', async () => {
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  mock.on({ userMessage: 'hello' }, { content: 'Hello yourself.' });
  mock.on({ userMessage: 'and now' }, { content: 'It is ready.' });
  const baseUrl = `${await mock.start()}/v1`;
  const everything = await startEverything('streamableHttp');
  const limits = { ...defaultLimits, maySpeak: true };
  const id = 'srv_test';
  const server = { ...(await frozen(everything.url, { id, name: 'Everything', limits, era: 'legacy' })), tools: [] };
  const call = await placeTestCall(
    {
      ...config,
      instructions: 'You are Luigi.',
      thinking: { kind: 'provider', providerId: 'model', model: 'gpt-test' },
      context: [{ serverId: id, uri: 'demo://resource/static/document/features.md' }],
      prompts: [{ serverId: id, name: 'args-prompt', arguments: { city: 'Naples' } }],
    },
    [server],
    [{ id: 'model', name: 'Model', kind: 'openai-compatible', baseUrl, credentialId: null }],
  );
  const { callId, room } = call;
  open = { call, caller: await joinAsCaller({ url: stack.livekitUrl, token: call.token }) };
  await waitForEvent(callId, 'context-read', { nth: 2, timeoutMs: 25_000 });
  await waitForEvent(callId, 'agent-speech-ended');
  await sendControl(room, { type: 'text', id: 'one', text: 'hello' });
  await waitForEvent(callId, 'agent-speech-ended', { nth: 2 });
  await sendControl(room, { type: 'notice', id: 'n', serverId: id, text: 'Your pizza is ready.' });
  await sendControl(room, { type: 'notice', id: 'n', serverId: id, text: 'Your pizza is ready.' });
  const said = await waitForEvent(callId, 'agent-speech-ended', { nth: 3 });
  expect(said.data.text).toBe('Your pizza is ready.');
  await sendControl(room, { type: 'text', id: 'two', text: 'and now' });
  await waitForEvent(callId, 'agent-speech-ended', { nth: 4 });
  const told = mock.getRequests().map(({ body }) => JSON.stringify(body));
  expect(told.at(0)).toContain('You are Luigi.');
  expect(told.at(0)).toMatch(/Further instructions, from the prompt .{0,4}args-prompt.*Naples/);
  expect(told.at(0)).toMatch(/Information from .{0,4}Everything.*features\.md/);
  expect(told.at(0)).not.toContain('Your pizza is ready.');
  expect(told.at(-1)).toMatch(/What servers told during this call:.*Everything.*Your pizza is ready\./);
  await hangUp();
  await everything.stop();
  await mock.stop();
}, 90_000);
