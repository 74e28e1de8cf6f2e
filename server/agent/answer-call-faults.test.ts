import { LLMock } from '@copilotkit/aimock';
import { dispose } from '@livekit/rtc-node';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agentName } from '#src/lib/calls/call.ts';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { type CountingServer, startCountingServer } from '#src/server/agent/testing/counting-server.ts';
import { type CutOffProxy, startCutOffProxy } from '#src/server/agent/testing/cut-off-proxy.ts';
import {
  eventsOf,
  placeTestCall,
  startVoiceStack,
  testTeam,
  type VoiceStack,
  waitForEvent,
} from '#src/server/agent/testing/voice-stack.ts';
import { dispatchAgent, identitiesIn, sendControl } from '#src/server/calls/livekit.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';
import { joinAsCaller } from '#src/server/qa/join-as-caller.ts';
import { runSyntheticCaller } from '#src/server/qa/run-synthetic-caller.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';
import { storeCredential } from '#src/server/secrets/credentials.ts';

const config = { greeting: 'Hello, this is Luigi.', rehearsalPhrases: ['how many margherita pizzas are left'] };
const question = 'how many margherita pizzas are left';
const mock = new LLMock({ port: 0, logLevel: 'silent', auth: { apiKeys: ['model-key'] } });

let stack: VoiceStack;
let server: CountingServer;
let database: CutOffProxy;
let modelUrl: string;

beforeAll(async () => {
  // Only the worker's way to the database can be cut; this process keeps its own.
  const url = new URL(process.env.PATCHBAY_APP_DATABASE_URL ?? '');
  database = await startCutOffProxy({ host: url.hostname, port: Number(url.port) });
  url.port = String(database.port);
  stack = await startVoiceStack({ PATCHBAY_APP_DATABASE_URL: url.href, PATCHBAY_IDLE_PROCESSES: '2' });
  server = await startCountingServer();
  mock.on({ userMessage: 'broken' }, { error: { message: 'boom' }, status: 500 });
  mock.on({ userMessage: 'margherita', hasToolResult: true }, { content: 'There are seven left. Anything else?' });
  mock.on(
    { userMessage: 'margherita' },
    { toolCalls: [{ name: 'check_inventory', arguments: '{"item":"margherita"}' }] },
  );
  modelUrl = `${await mock.start()}/v1`;
});
afterAll(async () => {
  server.stop();
  await stack.stop();
  database.stop();
  await mock.stop();
  await dispose();
  await closeConnection();
});

function of<T extends CallEvent['type']>(events: CallEvent[], type: T): Extract<CallEvent, { type: T }>[] {
  return events.filter((event): event is Extract<CallEvent, { type: T }> => event.type === type);
}

async function statusOf(callId: string) {
  const [row] = await forTeam(testTeam, (tx) => tx.select().from(calls).where(eq(calls.id, callId)));
  return row;
}

test('a call whose hearing, thinking and speaking are done by providers [X8][C2]', async () => {
  const [modelKey, speechKey] = await forTeam(testTeam, async (tx) => [
    await storeCredential(tx, testTeam, 'model-key'),
    await storeCredential(tx, testTeam, stack.speech.token),
  ]);
  const kind = 'openai-compatible' as const;
  const call = await placeTestCall(
    {
      ...config,
      hearing: { kind: 'provider', providerId: 'speech', model: 'whisper-1' },
      thinking: { kind: 'provider', providerId: 'model', model: 'gpt-test' },
      speaking: { kind: 'provider', providerId: 'speech', model: 'tts-1', voice: 'slt' },
    },
    [server.frozen],
    [
      {
        id: 'model',
        name: 'Model',
        kind,
        baseUrl: modelUrl,
        credentialId: modelKey ?? null,
        prices: [{ model: 'gpt-test', input: 2, output: 8 }],
      },
      { id: 'speech', name: 'Speech', kind, baseUrl: `${stack.speech.url}/v1`, credentialId: speechKey ?? null },
    ],
  );
  server.calls.length = 0;
  // The speech process hears with its default grammar here, which knows no pizza: what is said is typed instead.
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  await waitForEvent(call.callId, 'agent-speech-ended', { timeoutMs: 25_000 });
  await sendControl(call.room, { type: 'text', id: 'one', text: question });
  const answered = await waitForEvent(call.callId, 'agent-speech-ended', { nth: 2 });
  expect(answered.data.text).toBe('There are seven left. Anything else?');
  await caller.microphone.say(await speakLine(stack.speech, 'yes please'));
  await waitForEvent(call.callId, 'caller-speech-ended');
  expect(server.calls.map((one) => one.tool)).toEqual(['check_inventory']);
  const rounds = of(await eventsOf(call.callId), 'model-answered');
  expect(rounds.map((event) => [event.data.model, event.data.toolCalls])).toEqual([
    ['gpt-test', 1],
    ['gpt-test', 0],
  ]);
  for (const { data } of rounds) {
    expect(data.cost).toBeCloseTo((2 * (data.inputTokens ?? 0) + 8 * (data.outputTokens ?? 0)) / 1_000_000, 12);
    expect(data.cost).toBeGreaterThan(0);
  }
  await sendControl(call.room, { type: 'text', id: 'two', text: 'this is broken' });
  const failed = await waitForEvent(call.callId, 'model-failed');
  expect(failed.data.code).toBe('provider-failed');
  const apology = await waitForEvent(call.callId, 'agent-speech-ended', { nth: 3 });
  expect(apology.data.text).toBe('Sorry, something went wrong on my side. Could you say that again?');
  expect(caller.ear.lastSoundAt).toBeGreaterThan(0);
  await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' });
  await waitForEvent(call.callId, 'call-ended');
  await caller.leave();
}, 90_000);

test('the database gone for ten seconds: reads are answered, writes refused, and the log is whole afterwards', async () => {
  const call = await placeTestCall(config, [server.frozen]);
  server.calls.length = 0;
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  await waitForEvent(call.callId, 'agent-speech-ended', { timeoutMs: 25_000 });
  database.cut();
  const cutAt = performance.now();
  await caller.microphone.say(await speakLine(stack.speech, question));
  expect(await caller.ear.sound(cutAt, 15_000)).not.toBeNull();
  await caller.ear.quiet(15_000);
  for (const [at, text] of ['place an order for funghi', 'yes'].entries()) {
    const asked = performance.now();
    await sendControl(call.room, { type: 'text', id: `w${at}`, text });
    expect(await caller.ear.sound(asked, 15_000)).not.toBeNull();
    await caller.ear.quiet(15_000);
  }
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, 10_000 - (performance.now() - cutAt))));
  expect(of(await eventsOf(call.callId), 'turn-committed')).toEqual([]);
  database.restore();
  const delayed = await waitForEvent(call.callId, 'log-delayed', { timeoutMs: 30_000 });
  expect(delayed.data.ms).toBeGreaterThan(5_000);
  await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' });
  await waitForEvent(call.callId, 'call-ended');
  await caller.leave();
  const events = await eventsOf(call.callId);
  expect(of(events, 'turn-committed').map((event) => event.data.text)).toEqual([
    question,
    'place an order for funghi',
    'yes',
  ]);
  expect(of(events, 'tool-failed').map((event) => [event.data.tool, event.data.code])).toEqual([
    ['place_order', 'log-unavailable'],
  ]);
  expect(server.calls.map((one) => one.tool)).toEqual(['check_inventory']);
  const spoken = of(events, 'agent-speech-ended').map((event) => event.data.text);
  expect(spoken.some((text) => /could not do that just now/.test(text))).toBe(true);
  expect((await statusOf(call.callId))?.status).toBe('ended');
}, 120_000);

test('two agents are sent to one call: one greets, the other leaves', async () => {
  const call = await placeTestCall(config, [server.frozen]);
  await dispatchAgent(call.room, call.callId);
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  const agents = async () => (await identitiesIn(call.room)).filter((name) => name.startsWith(`${agentName}-`)).length;
  // Neither can take the call before both are there.
  await forTeam(testTeam, async (tx) => {
    await tx.select({ id: calls.id }).from(calls).where(eq(calls.id, call.callId)).for('update');
    await expect.poll(agents, { timeout: 30_000 }).toBe(2);
  });
  await expect.poll(agents, { timeout: 30_000 }).toBe(1);
  await waitForEvent(call.callId, 'agent-speech-ended', { timeoutMs: 25_000 });
  await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' });
  await waitForEvent(call.callId, 'call-ended');
  await caller.leave();
  const events = await eventsOf(call.callId);
  expect(of(events, 'call-started')).toHaveLength(1);
  expect(of(events, 'agent-speech-started').map((event) => event.data.text)).toEqual([config.greeting]);
}, 120_000);

test('the worker stopped in mid-call: the call says so, and the next one works', async () => {
  const call = await placeTestCall(config, [server.frozen]);
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  await waitForEvent(call.callId, 'agent-speech-started', { timeoutMs: 25_000 });
  stack.killWorker();
  const failed = await waitForEvent(call.callId, 'call-failed');
  expect(failed.data.code).toBe('worker-lost');
  expect((await statusOf(call.callId))?.status).toBe('failed');
  await caller.leave();
  await stack.startWorker();
  const next = await placeTestCall(config, [server.frozen]);
  const { turns } = await runSyntheticCaller({
    url: stack.livekitUrl,
    token: next.token,
    lines: [question],
    speak: (line) => speakLine(stack.speech, line),
  });
  expect(turns[0]?.answerMs).toBeGreaterThan(500);
  await sendControl(next.room, { type: 'end', reason: 'caller-hung-up' });
  await waitForEvent(next.callId, 'call-ended');
}, 120_000);
