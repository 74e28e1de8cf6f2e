import { dispose } from '@livekit/rtc-node';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { soundsOf } from '#src/lib/latency/sounds.ts';
import { type CountingServer, startCountingServer } from '#src/server/agent/testing/counting-server.ts';
import {
  eventsOf,
  placeTestCall,
  startVoiceStack,
  testTeam,
  type VoiceStack,
  waitForEvent,
} from '#src/server/agent/testing/voice-stack.ts';
import { sendControl } from '#src/server/calls/livekit.ts';
import { analyseRecording } from '#src/server/calls/recording/analyse-recording.ts';
import { findRecording, recordingKey } from '#src/server/calls/recording/recording-rows.ts';
import { reviewCall } from '#src/server/calls/review-call.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';
import { fileStore } from '#src/server/files/file-store.ts';
import { runSyntheticCaller } from '#src/server/qa/run-synthetic-caller.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';
import { saveTeamSettings } from '#src/server/teams/team-settings.ts';

const config = {
  greeting: 'Hello, this is Luigi.',
  rehearsalPhrases: ['how many margherita pizzas are left', 'when do you open today'],
};
const question = 'how many margherita pizzas are left';
let stack: VoiceStack;
let server: CountingServer;
beforeAll(async () => {
  stack = await startVoiceStack();
  server = await startCountingServer();
});
afterAll(async () => {
  server.stop();
  await stack.stop();
  await dispose();
  await closeConnection();
});

function of<T extends CallEvent['type']>(events: CallEvent[], type: T): Extract<CallEvent, { type: T }>[] {
  return events.filter((event): event is Extract<CallEvent, { type: T }> => event.type === type);
}

async function talk(over: Parameters<typeof placeTestCall>[0], lines: string[]) {
  const call = await placeTestCall({ ...config, ...over }, [server.frozen]);
  const heard = await runSyntheticCaller({
    url: stack.livekitUrl,
    token: call.token,
    lines,
    speak: (line) => speakLine(stack.speech, line),
  });
  await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' });
  await waitForEvent(call.callId, 'call-ended');
  return { callId: call.callId, heard, events: await eventsOf(call.callId) };
}

test('a real call is recorded on its own clock, and waits are measured as its caller heard them [C9][B4]', async () => {
  await saveTeamSettings(testTeam, { consent: 'This call is recorded.' });
  const { callId, heard, events } = await talk({}, [question, question]);
  await saveTeamSettings(testTeam, { consent: '' });
  await reviewCall(testTeam, callId);
  const recording = await findRecording(testTeam, callId);
  expect(recording?.state).toBe('ready');
  const end = events.at(-1)?.at ?? 0;
  // The end is written when all parts of the call are closed.
  expect(Math.abs((recording?.durationMs ?? 0) - end)).toBeLessThan(1_500);

  const { levels } = await analyseRecording(await fileStore().read(recordingKey(testTeam, callId)));
  const agent = soundsOf(levels.agent, levels.stepMs);
  const started = of(events, 'agent-speech-started');
  expect(started[0]?.data).toMatchObject({ kind: 'greeting', text: 'This call is recorded.' });
  // The greeting follows the consent without a pause: the two are one sound.
  const afterPause = started.filter(({ data }) => data.text !== config.greeting);
  const off = afterPause.map(({ at }) => Math.min(...agent.map(({ from }) => Math.abs(from - (at ?? 0)))));
  const replies = recording?.heard?.replies ?? [];
  const waits = heard.turns.map((turn) => turn.voiceToVoiceMs ?? 0);
  if (process.env.PATCHBAY_TEST_OUTPUT)
    console.log(JSON.stringify({ off, replies, waits, pipeline: started.map(({ data }) => data.delayMs) }));
  // A voice's sentence begins with a little silence of its own.
  for (const ms of off) expect(ms).toBeLessThanOrEqual(130);
  expect(replies).toHaveLength(2);
  // The caller hears what the room and the buffers on both ends add, more of it on a busy machine.
  for (const [index, { ms }] of replies.entries()) {
    expect((waits[index] ?? 0) - ms).toBeGreaterThanOrEqual(-20);
    expect((waits[index] ?? 0) - ms).toBeLessThanOrEqual(600);
  }
  const [row] = await forTeam(testTeam, (tx) => tx.select().from(calls).where(eq(calls.id, callId)));
  expect(row?.heardReplyMs).toBe(Math.max(...replies.map(({ ms }) => ms)));
}, 90_000);

test('an assistant that shall not record leaves no recording, and says nothing of one [C9]', async () => {
  await saveTeamSettings(testTeam, { consent: 'This call is recorded.' });
  const { callId, events } = await talk({ recording: false }, [question]);
  await saveTeamSettings(testTeam, { consent: '' });
  expect(await findRecording(testTeam, callId)).toBeNull();
  expect(of(events, 'agent-speech-started')[0]?.data.text).toBe(config.greeting);
}, 60_000);
