import { setTimeout as sleep } from 'node:timers/promises';
import { dispose } from '@livekit/rtc-node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { type CountingServer, startCountingServer } from '#src/server/agent/testing/counting-server.ts';
import {
  eventsOf,
  placeTestCall,
  startVoiceStack,
  type TestCall,
  type VoiceStack,
  waitForEvent,
} from '#src/server/agent/testing/voice-stack.ts';
import { sendControl } from '#src/server/calls/livekit.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { type JoinedCaller, joinAsCaller } from '#src/server/qa/join-as-caller.ts';
import { runSyntheticCaller } from '#src/server/qa/run-synthetic-caller.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';
import { randomStream } from '#src/server/speech/testing/noises.ts';

const config = {
  greeting: 'Hello, this is Luigi.',
  rehearsalPhrases: ['how many margherita pizzas are left', 'when do you open today'],
};
const question = 'how many margherita pizzas are left';

let stack: VoiceStack;
let server: CountingServer;
let open: { call: TestCall; caller: JoinedCaller } | null = null;

beforeAll(async () => {
  stack = await startVoiceStack();
  server = await startCountingServer();
});
afterEach(async () => {
  if (open) {
    await sendControl(open.call.room, { type: 'end', reason: 'caller-hung-up' }).catch(() => {});
    await open.caller.leave();
    await waitForEvent(open.call.callId, 'call-ended');
  }
  open = null;
  server.calls.length = 0;
});
afterAll(async () => {
  server.stop();
  await stack.stop();
  await dispose();
  await closeConnection();
});

const speak = (line: string) => speakLine(stack.speech, line);

/** A call whose greeting is over. */
async function greeted(over: Parameters<typeof placeTestCall>[0] = {}) {
  const call = await placeTestCall({ ...config, ...over }, [server.frozen]);
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  open = { call, caller };
  await waitForEvent(call.callId, 'agent-speech-ended', { timeoutMs: 25_000 });
  return { ...call, caller };
}

function of<T extends CallEvent['type']>(events: CallEvent[], type: T): Extract<CallEvent, { type: T }>[] {
  return events.filter((event): event is Extract<CallEvent, { type: T }> => event.type === type);
}

test('a spoken question is answered aloud through a tool, called once and after the commit [C3][B1][X10]', async () => {
  const call = await placeTestCall(config, [server.frozen]);
  const { turns } = await runSyntheticCaller({
    url: stack.livekitUrl,
    token: call.token,
    lines: [question, question],
    speak,
  });
  await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' });
  await waitForEvent(call.callId, 'call-ended');
  expect(turns.every((turn) => turn.answerMs > 500)).toBe(true);
  expect(server.calls.map(({ tool, args }) => [tool, args.item])).toEqual([
    ['check_inventory', 'margherita'],
    ['check_inventory', 'margherita'],
  ]);
  const events = await eventsOf(call.callId);
  expect(of(events, 'call-started')[0]).toMatchObject({ seq: 1, at: 0 });
  const committed = of(events, 'turn-committed');
  expect(committed.map((event) => [event.data.text, event.data.source])).toEqual([
    [question, 'spoken'],
    [question, 'spoken'],
  ]);
  for (const [at, turn] of committed.entries()) {
    const started = of(events, 'tool-started')[at];
    const answered = of(events, 'agent-speech-started').filter((event) => event.turnId === turn.turnId);
    expect(started?.turnId).toBe(turn.turnId);
    expect(started?.seq).toBeGreaterThan(turn.seq);
    expect(answered.map((event) => event.data.text).join(' ')).toMatch(/\b(7|seven)\b/);
    expect(answered[0]?.data.delayMs).toBeGreaterThan(0);
  }
  expect(events.at(-1)).toMatchObject({ type: 'call-ended', data: { reason: 'caller-hung-up' } });
}, 90_000);

test('who speaks into the answer is heard, and what was cut off counts as unheard [B3]', async () => {
  const { callId, room, caller } = await greeted();
  const question = await speak('what can you do');
  await sendControl(room, { type: 'text', id: 'long', text: 'what can you do' });
  await waitForEvent(callId, 'agent-speech-started', { nth: 2 });
  await sleep(700);
  await caller.microphone.say(question);
  const cut = await waitForEvent(callId, 'agent-speech-interrupted');
  expect(cut.data.unheard.length).toBeGreaterThan(0);
  expect(cut.data.heard.length).toBeGreaterThan(0);
  const started = await waitForEvent(callId, 'agent-speech-started', { nth: 2 });
  expect(cut.data.speechId).toBe(started.data.speechId);
  await waitForEvent(callId, 'agent-speech-started', { nth: 3 });
}, 60_000);

test('a tool that never answers: a sentence meanwhile, a safe sentence at the end, the timeout on the timeline [V8][V12]', async () => {
  const { callId, caller } = await greeted();
  await caller.microphone.say(await speak('when do you open today'));
  const failed = await waitForEvent(callId, 'tool-failed');
  expect(failed.data.code).toBe('timed-out');
  await waitForEvent(callId, 'agent-speech-ended', { nth: 3 });
  const spoken = of(await eventsOf(callId), 'agent-speech-started').map((event) => [event.data.kind, event.data.text]);
  expect(spoken[1]).toEqual(['filler', 'One moment, I am looking that up.']);
  expect(spoken[2]?.[1]).toMatch(/could not do that just now/);
  expect(server.calls.filter((one) => one.tool === 'opening_hours')).toHaveLength(1);
}, 60_000);

test('typed text interrupts and is a turn, once, however often it arrives [C7]', async () => {
  const { callId, room } = await greeted();
  for (let times = 0; times < 3; times++) await sendControl(room, { type: 'text', id: 'one', text: question });
  await waitForEvent(callId, 'tool-succeeded');
  await waitForEvent(callId, 'agent-speech-ended', { nth: 2 });
  const events = await eventsOf(callId);
  expect(of(events, 'turn-committed').map((event) => [event.data.text, event.data.source])).toEqual([
    [question, 'typed'],
  ]);
  expect(server.calls).toHaveLength(1);
}, 60_000);

test('noise is not a turn: no tool runs, and the agent asks [B1]', async () => {
  const { callId, caller } = await greeted();
  const random = randomStream(1);
  await caller.microphone.say(Int16Array.from({ length: 16_000 * 2 }, () => random() * 8_000));
  // Far from all that the recogniser listens for; many a sentence is nearer to some of it than one would think.
  await caller.microphone.say(await speak('the treasurer resigned because of the scandal'));
  await waitForEvent(callId, 'caller-not-understood');
  await waitForEvent(callId, 'agent-speech-ended', { nth: 2 });
  const events = await eventsOf(callId);
  expect(of(events, 'tool-started')).toEqual([]);
  expect(server.calls).toEqual([]);
  expect(of(events, 'agent-speech-started')[1]?.data.kind).toBe('prompt');
}, 60_000);

test('a sentence with a pause in it is one turn, though its halves make no sense alone', async () => {
  const { callId, caller } = await greeted();
  const [first, second] = await Promise.all([speak('how many margherita'), speak('pizzas are left')]);
  const pause = Int16Array.from({ length: 16_000 * 0.6 }, () => Math.round(Math.random() * 8 - 4));
  await caller.microphone.say(Int16Array.from([...first, ...pause, ...second]));
  const committed = await waitForEvent(callId, 'turn-committed');
  expect(committed.data.text).toMatch(/^how many margheritas? pizzas are left$/);
  // The moments of the words are those of the sound, the pause among them.
  const { wordsAt = [] } = committed.data;
  expect(wordsAt).toHaveLength(6);
  expect(wordsAt).toEqual(wordsAt.toSorted((a, b) => a - b));
  const afterPause = (wordsAt[3] ?? 0) - (wordsAt[0] ?? 0);
  expect(Math.abs(afterPause - (first.length + pause.length) / 16)).toBeLessThan(150);
  const began = (await waitForEvent(callId, 'caller-speech-started')).at ?? 0;
  expect(Math.abs((wordsAt[0] ?? 0) - began)).toBeLessThan(500);
  await waitForEvent(callId, 'agent-speech-ended', { nth: 2 });
  const events = await eventsOf(callId);
  expect(of(events, 'caller-not-understood')).toEqual([]);
  expect(of(events, 'turn-committed')).toHaveLength(1);
  expect(server.calls).toHaveLength(1);
}, 60_000);

test('the speech process killed in mid-call: no turn is lost', async () => {
  const { callId, caller } = await greeted();
  const clip = await speak(question);
  const said = caller.microphone.say(clip);
  await sleep((clip.length / 16) * 0.5);
  stack.speech.kill();
  await said;
  const committed = await waitForEvent(callId, 'turn-committed');
  expect(committed.data.text).toBe(question);
  await waitForEvent(callId, 'agent-speech-ended', { nth: 2 });
  const events = await eventsOf(callId);
  expect(of(events, 'speech-lost').length).toBeGreaterThan(0);
  expect(of(events, 'speech-recovered').length).toBeGreaterThan(0);
  expect(server.calls).toHaveLength(1);
}, 60_000);

test('silence is asked about once, then the call ends', async () => {
  const { callId } = await greeted({ limits: { silenceMs: 5_000, maxDurationMs: 60_000, fillerAfterMs: 700 } });
  const ended = await waitForEvent(callId, 'call-ended', { timeoutMs: 25_000 });
  expect(ended.data.reason).toBe('silence');
  const prompts = of(await eventsOf(callId), 'agent-speech-started').filter((event) => event.data.kind === 'prompt');
  expect(prompts.map((event) => event.data.text)).toEqual(['Are you still there?']);
}, 60_000);

test('a caller who reloads comes back into the same call', async () => {
  const { callId, caller, token, room } = await greeted();
  await caller.leave();
  await waitForEvent(callId, 'caller-left');
  const again = await joinAsCaller({ url: stack.livekitUrl, token });
  if (open) open.caller = again;
  await waitForEvent(callId, 'caller-joined', { nth: 2 });
  await sleep(500);
  await again.microphone.say(await speak(question));
  await waitForEvent(callId, 'tool-succeeded');
  const after = performance.now();
  expect(await again.ear.sound(after - 500, 8_000)).not.toBeNull();
  expect(room).toBe(callId);
}, 60_000);

test('two calls at once do not mix', async () => {
  const [first, second] = await Promise.all([
    placeTestCall(config, [server.frozen]),
    placeTestCall(config, [server.frozen]),
  ]);
  await Promise.all(
    [first, second].map(({ token }, at) =>
      runSyntheticCaller({
        url: stack.livekitUrl,
        token,
        lines: at === 0 ? [question] : ['how many funghi are left'],
        speak,
      }),
    ),
  );
  for (const call of [first, second]) await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' });
  await Promise.all([waitForEvent(first.callId, 'call-ended'), waitForEvent(second.callId, 'call-ended')]);
  const items = async (callId: string) =>
    of(await eventsOf(callId), 'tool-started').map((event) => event.data.arguments.item);
  expect(await items(first.callId)).toEqual(['margherita']);
  expect(await items(second.callId)).toEqual(['funghi']);
}, 90_000);
