import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  AudioStream,
  dispose,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callerIdentity } from '#src/lib/calls/call.ts';
import { LevelReader } from '#src/lib/latency/sound-levels.ts';
import { soundsOf } from '#src/lib/latency/sounds.ts';
import { startClock } from '#src/server/agent/call-clock.ts';
import { recordCall } from '#src/server/agent/record-call.ts';
import { freePort } from '#src/server/agent/testing/free-port.ts';
import { findRecording, recordingFile, recordingKey } from '#src/server/calls/recording/recording-rows.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { newId } from '#src/server/db/new-id.ts';
import { joinAsCaller } from '#src/server/qa/join-as-caller.ts';
import { findLivekitServer } from '#src/server/supervisor/livekit-binary.ts';

const secret = 'test-secret-test-secret-test-secret';
let url = '';
let stop: () => void = () => {};

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'patchbay-recording-'));
  const [port, udp, tcp] = await Promise.all([freePort(), freePort(), freePort()]);
  const settings = `port: ${port}\nbind_addresses: ["127.0.0.1"]\nkeys: {devkey: ${secret}}\nlogging: {level: error}\nrtc:\n  udp_port: ${udp}\n  tcp_port: ${tcp}\n  use_external_ip: false\n  node_ip: 127.0.0.1\n  enable_loopback_candidate: true\n`;
  writeFileSync(path.join(folder, 'livekit.yaml'), settings);
  const livekit = spawn(await findLivekitServer({ say: () => {} }), ['--config', path.join(folder, 'livekit.yaml')], {
    stdio: 'ignore',
  });
  url = `ws://127.0.0.1:${port}`;
  stop = () => {
    livekit.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 200 && !(await answers(port)); tries++) await sleep(100);
});
afterAll(async () => {
  stop();
  await dispose();
  await closeConnection();
});

const answers = (port: number) =>
  fetch(`http://127.0.0.1:${port}/`).then(
    (response) => response.ok,
    () => false,
  );

async function tokenOf(identity: string, room: string): Promise<string> {
  const token = new AccessToken('devkey', secret, { identity });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  return token.toJwt();
}

/** A beep of 16 kHz. */
const beep = (ms: number) => Int16Array.from({ length: ms * 16 }, (_, i) => 12_000 * Math.sin(i * 0.35));

/** The agent's side of a room, with the output that LiveKit's session has: what is pushed waits up to a second. */
async function joinAsAgent(room: Room, token: string) {
  await room.connect(url, token, { autoSubscribe: true, dynacast: false });
  const source = new AudioSource(16_000, 1, 1_000);
  const options = new TrackPublishOptions();
  options.source = TrackSource.SOURCE_MICROPHONE;
  const track = LocalAudioTrack.createAudioTrack('agent', source);
  return { source, publish: () => room.localParticipant?.publishTrack(track, options) };
}

/** When each sound of a track came, judged frame by frame as it comes. */
async function listen(track: RemoteTrack, now: () => number, arrived: number[]): Promise<void> {
  let last = Number.NEGATIVE_INFINITY;
  for await (const { data } of new AudioStream(track, { sampleRate: 16_000, numChannels: 1, frameSizeMs: 10 })) {
    const first = data.findIndex((sample) => Math.abs(sample) > 500);
    if (first < 0) continue;
    const at = now() - (data.length - first) / 16;
    if (at - last > 400) arrived.push(at);
    last = at;
  }
}

async function sounds(file: string) {
  const wav = await readFile(file);
  const pcm = new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length));
  const reader = new LevelReader(16_000);
  reader.take(pcm);
  const { caller, agent, stepMs } = reader.levels();
  return {
    caller: soundsOf(caller, stepMs),
    agent: soundsOf(agent, stepMs),
    durationMs: pcm.length / 32,
    headerBytes: wav.readUInt32LE(40),
    fileBytes: wav.length,
  };
}

test('marks of both sides lie within 50 ms of the call’s clock, also when the process stood still or a side paused [C9]', async () => {
  const [teamId, callId] = ['team-recording', newId('call')];
  const room = new Room();
  const agent = await joinAsAgent(room, await tokenOf('agent', callId));
  const clock = startClock();
  const problems: string[] = [];
  const recorded = recordCall({
    room,
    clock,
    teamId,
    callId,
    events: { write: (type) => problems.push(type) },
    onProblem: (code) => problems.push(code),
  });
  const arrived: number[] = [];
  room.on(RoomEvent.TrackSubscribed, (track) => void listen(track, clock.now, arrived));
  await agent.publish();
  const caller = await joinAsCaller({ url, token: await tokenOf(callerIdentity, callId) });
  await sleep(1_500);

  const agentMarks: number[] = [];
  const callerMarks: number[] = [];
  for (let mark = 0; mark < 5; mark++) {
    // Made at once, and heard over a second and a half: what counts is when it is heard.
    agentMarks.push(clock.now());
    const push = (async () => {
      for (const pcm of [beep(200), new Int16Array(16 * 1_000), beep(150)])
        await agent.source.captureFrame(new AudioFrame(pcm, 16_000, 1, pcm.length));
    })();
    await sleep(430 + mark * 61);
    callerMarks.push(clock.now());
    await caller.microphone.say(beep(120));
    // The caller lives in this process too: whatever it says after this comes late for real.
    if (mark === 4) for (const until = performance.now() + 350; performance.now() < until; );
    await push;
    await sleep(1_600);
  }
  // What is cut off was not heard and is not recorded.
  const cutAt = clock.now();
  const long = beep(900);
  await agent.source.captureFrame(new AudioFrame(long, 16_000, 1, long.length));
  await sleep(300);
  agent.source.clearQueue();
  const cutMs = clock.now() - cutAt;
  await sleep(600);
  // Away and back again: a pause of the track is a pause of the recording.
  await caller.leave();
  await sleep(700);
  const again = await joinAsCaller({ url, token: await tokenOf(callerIdentity, callId) });
  await sleep(1_000);
  const backAt = clock.now();
  await again.microphone.say(beep(120));
  await sleep(600);
  const endAt = clock.now();
  await recorded.end();
  await again.leave();
  await room.disconnect();

  const heard = await sounds(recordingFile(recordingKey(teamId, callId)));
  const firsts = heard.agent.filter((_, index) => index % 2 === 0).slice(0, 5);
  const seconds = heard.agent.filter((_, index) => index % 2 === 1).slice(0, 5);
  const off = (found: { from: number }[], marks: number[], by = 0) =>
    marks.map((at, i) => (found[i]?.from ?? Number.NaN) - at - by);
  const agentOff = [...off(firsts, agentMarks), ...off(seconds, agentMarks, 1_200)];
  // A caller's sound travels through the room first: that is when the agent hears it.
  const callerOff = off(heard.caller, arrived);
  const travelled = off(heard.caller, [...callerMarks, backAt]);
  if (process.env.PATCHBAY_TEST_OUTPUT)
    console.log(JSON.stringify({ agentOff, callerOff, travelled, cut: heard.agent.at(-1), cutMs }));
  for (const ms of agentOff) expect(Math.abs(ms)).toBeLessThanOrEqual(50);
  expect(arrived).toHaveLength(6);
  for (const ms of callerOff) expect(Math.abs(ms)).toBeLessThanOrEqual(50);
  for (const ms of travelled) expect(Math.abs(ms - 100)).toBeLessThanOrEqual(110);
  const cut = heard.agent.at(-1);
  expect(Math.abs((cut?.to ?? 0) - (cut?.from ?? 0) - cutMs)).toBeLessThanOrEqual(60);
  expect(Math.abs(heard.durationMs - endAt)).toBeLessThanOrEqual(50);
  expect(heard.headerBytes).toBe(heard.fileBytes - 44);
  expect(problems).toEqual([]);
  const row = await findRecording(teamId, callId);
  expect(row).toMatchObject({ state: 'recording', bytes: heard.fileBytes, durationMs: heard.durationMs });
}, 60_000);
