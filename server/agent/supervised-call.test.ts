import { AudioStream, dispose, type RemoteTrack, Room, RoomEvent, TrackKind } from '@livekit/rtc-node';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { callerIdentity, listenerPrefix } from '#src/lib/calls/call.ts';
import { sentPrompt } from '#src/lib/calls/sent-prompt.ts';
import {
  eventsOf,
  placeTestCall,
  startVoiceStack,
  testTeam,
  type VoiceStack,
  waitForEvent,
} from '#src/server/agent/testing/voice-stack.ts';
import { sendText } from '#src/server/calls/control-call.ts';
import { identitiesIn, sendControl } from '#src/server/calls/livekit.ts';
import { listenToCall, whisperToAgent } from '#src/server/calls/supervise.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { joinAsCaller } from '#src/server/qa/join-as-caller.ts';
import { speakLine } from '#src/server/qa/speak-line.ts';

let stack: VoiceStack;
beforeAll(async () => {
  stack = await startVoiceStack();
});
afterAll(async () => {
  await stack.stop();
  await dispose();
  await closeConnection();
});

/** Joins a room and notes whose voice was heard. */
async function ear(placed: { url: string; token: string }) {
  const room = new Room();
  const heard = new Set<string>();
  room.on(RoomEvent.TrackSubscribed, (track: RemoteTrack, _publication, { identity }) => {
    if (track.kind === TrackKind.KIND_AUDIO) void note(track, identity === callerIdentity ? 'caller' : 'agent', heard);
  });
  await room.connect(placed.url, placed.token, { autoSubscribe: true, dynacast: false });
  return { room, heard };
}

async function note(track: RemoteTrack, who: string, heard: Set<string>): Promise<void> {
  for await (const { data } of new AudioStream(track, 16_000, 1))
    if (data.some((sample) => Math.abs(sample) > 1_500)) heard.add(who);
}

test('a supervisor hears both sides and whispers; the caller sees and hears nothing of it, and the call goes by the caller alone [B11]', async () => {
  const line = 'how many margherita pizzas are left';
  const call = await placeTestCall({ greeting: 'Hello, this is Luigi.', rehearsalPhrases: [line] }, [], [], [line]);
  const caller = await joinAsCaller({ url: stack.livekitUrl, token: call.token });
  const told: string[] = [];
  const seen: string[] = [];
  caller.room.on(RoomEvent.DataReceived, (payload: Uint8Array) => told.push(new TextDecoder().decode(payload)));
  caller.room.on(RoomEvent.ParticipantConnected, ({ identity }) => seen.push(identity));
  await waitForEvent(call.callId, 'agent-speech-ended');

  await expect(listenToCall('team-other', call.callId, 'Eve')).rejects.toMatchObject({ code: 'not-found' });
  const { heard, room } = await ear(await listenToCall(testTeam, call.callId, 'Grace'));
  await waitForEvent(call.callId, 'supervisor-joined');
  expect((await identitiesIn(call.room)).filter((identity) => identity.startsWith(listenerPrefix))).toHaveLength(1);

  await caller.microphone.say(await speakLine(stack.speech, line));
  await vi.waitFor(() => expect([...heard].sort()).toEqual(['agent', 'caller']), { timeout: 20_000, interval: 100 });

  await whisperToAgent(testTeam, call.callId, { text: 'Offer a free dessert.', by: 'Grace' });
  await waitForEvent(call.callId, 'supervisor-whispered');
  const before = (await eventsOf(call.callId)).filter(({ type }) => type === 'model-started').length;
  await sendText(testTeam, call.callId, line);
  const round = await waitForEvent(call.callId, 'model-started', { nth: before + 1 });
  expect(sentPrompt(await eventsOf(call.callId), round.seq)?.instructions).toMatch(
    /Supervisor: Offer a free dessert\./,
  );

  expect([...caller.room.remoteParticipants.values()].map(({ identity }) => identity)).not.toContainEqual(
    expect.stringContaining(listenerPrefix),
  );
  expect(seen).not.toContainEqual(expect.stringContaining(listenerPrefix));
  expect(told.join()).not.toMatch(/dessert|Grace/);

  // Who listens is nobody's caller: with the caller gone the call waits for them, whoever else is there.
  await caller.leave();
  await waitForEvent(call.callId, 'caller-left');
  await room.disconnect();
  await waitForEvent(call.callId, 'supervisor-left');
  await sendControl(call.room, { type: 'end', reason: 'caller-hung-up' });
  await waitForEvent(call.callId, 'call-ended');
  const names = (await eventsOf(call.callId)).flatMap((event) =>
    event.type === 'caller-joined' ? [event.data.name] : [],
  );
  expect(names).toEqual(['Ada']);
}, 90_000);
