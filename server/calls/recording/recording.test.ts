import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { recordingWaveformSchema } from '#src/lib/calls/recording.ts';
import { dispatch } from '#src/server/api/dispatch.ts';
import { appendCallEvent, readAllEvents, setClock } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { consentOfCall } from '#src/server/calls/recording/consent.ts';
import { deleteOldRecordings } from '#src/server/calls/recording/delete-recording.ts';
import { rangeOf } from '#src/server/calls/recording/read-recording.ts';
import {
  findRecording,
  noteRecorded,
  noteRecording,
  recordingFile,
  recordingKey,
} from '#src/server/calls/recording/recording-rows.ts';
import { wavHeader } from '#src/server/calls/recording/wav-file.ts';
import { reviewCall } from '#src/server/calls/review-call.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls, recordings } from '#src/server/db/schema.ts';
import { createApiToken } from '#src/server/teams/api-tokens.ts';
import { readTeamSettings, saveTeamSettings } from '#src/server/teams/team-settings.ts';

const teamId = 'team-recordings';
let ours = '';
let reviewer = '';
let theirs = '';
beforeAll(async () => {
  const token = async (team: string, role: 'owner' | 'reviewer') =>
    (await createApiToken({ teamId: team, role: 'owner', name: 't', userId: null }, { name: role, role })).token;
  [ours, reviewer, theirs] = [
    await token(teamId, 'owner'),
    await token(teamId, 'reviewer'),
    await token('team-other', 'owner'),
  ];
});
afterAll(closeConnection);

const ask = (where: string, o: { token?: string; method?: string; range?: string } = {}) =>
  dispatch(
    new Request(`http://localhost/api/v1${where}`, {
      method: o.method ?? 'GET',
      headers: { authorization: `Bearer ${o.token ?? ours}`, ...(o.range ? { range: o.range } : {}) },
    }),
  );

/** A call that is over, with a question, an answer, and what its process recorded. */
async function callWith(pcm: Int16Array | null, o: { closed?: boolean; over?: boolean } = {}): Promise<string> {
  const callId = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Luigi' });
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id: callId,
      teamId,
      assistantId: 'asst',
      assistantName: 'Luigi',
      frozen: { assistantId: 'asst', version: null, config, servers: [], providers: [] },
      room: callId,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Ada',
    }),
  );
  await setClock(teamId, callId, new Date());
  await appendCallEvent(teamId, callId, { id: newId('evt'), type: 'call-started', at: 0, data: {} });
  if (pcm) {
    const file = recordingFile(recordingKey(teamId, callId));
    mkdirSync(path.dirname(file), { recursive: true });
    const data = Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength);
    writeFileSync(file, Buffer.concat([wavHeader({ rate: 16_000, channels: 2 }, data.length), data]));
    await noteRecording(teamId, callId);
    if (o.closed !== false)
      await noteRecorded(teamId, callId, { bytes: 44 + data.length, durationMs: pcm.length / 32 });
  }
  if (o.over !== false) await finishCall(teamId, callId, { status: 'ended', reason: 'caller-hung-up' });
  return callId;
}

/** The caller from 1 to 2 s, the agent from 2.8 to 4 s, five seconds in all. */
function talk(): Int16Array {
  const pcm = new Int16Array(5 * 32_000);
  const tone = (side: 0 | 1, from: number, to: number) => {
    for (let i = from * 16; i < to * 16; i++) pcm[i * 2 + side] = 9_000 * Math.sin(i * 0.2);
  };
  tone(0, 1_000, 2_000);
  tone(1, 2_800, 4_000);
  return pcm;
}

test('a recording is measured and drawn when the call is over [C9][B4]', async () => {
  const callId = await callWith(talk());
  await reviewCall(teamId, callId);
  const waveform = recordingWaveformSchema.parse(await (await ask(`/calls/${callId}/recording/waveform`)).json());
  expect(waveform).toMatchObject({ state: 'ready', durationMs: 5_000, bytes: 44 + 5 * 64_000 });
  expect(waveform.peaks?.stepMs).toBe(20);
  expect(waveform.peaks?.caller.slice(48, 52)).toEqual([0, 0, 70, 70]);
  expect(waveform.heard?.replies).toHaveLength(1);
  expect(Math.abs((waveform.heard?.replies[0]?.ms ?? 0) - 800)).toBeLessThanOrEqual(20);
  const [row] = await forTeam(teamId, (tx) => tx.select().from(calls).where(eq(calls.id, callId)));
  expect(row?.heardReplyMs).toBe(waveform.heard?.replies[0]?.ms);
});

test('the sound is streamed whole, in ranges, as a head and as a download; nothing keeps it [C9]', async () => {
  const callId = await callWith(talk());
  await reviewCall(teamId, callId);
  const address = `/calls/${callId}/recording`;
  const file = readFileSync(recordingFile(recordingKey(teamId, callId)));
  const whole = await ask(address, { token: reviewer });
  expect([whole.status, whole.headers.get('content-type'), whole.headers.get('accept-ranges')]).toEqual([
    200,
    'audio/wav',
    'bytes',
  ]);
  expect(whole.headers.get('cache-control')).toContain('no-store');
  expect(Buffer.from(await whole.arrayBuffer()).equals(file)).toBe(true);
  const part = await ask(address, { range: 'bytes=100-199' });
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${file.length}`]);
  expect(Buffer.from(await part.arrayBuffer()).equals(file.subarray(100, 200))).toBe(true);
  const beyond = await ask(address, { range: `bytes=${file.length}-` });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${file.length}`]);
  const head = await ask(address, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, String(file.length), '']);
  const download = await ask(`${address}?download`);
  expect(download.headers.get('content-disposition')).toBe(`attachment; filename="${callId}.wav"`);
  await download.body?.cancel();
});

test('ranges are read as RFC 9110 says', () => {
  expect(rangeOf(null, 100)).toBeNull();
  expect(rangeOf('bytes=0-', 100)).toEqual({ from: 0, to: 99 });
  expect(rangeOf('bytes=10-500', 100)).toEqual({ from: 10, to: 99 });
  expect(rangeOf('bytes=-30', 100)).toEqual({ from: 70, to: 99 });
  expect(rangeOf('bytes=-300', 100)).toEqual({ from: 0, to: 99 });
  expect(rangeOf('bytes=-0', 100)).toBe('unsatisfiable');
  expect(rangeOf('bytes=100-', 100)).toBe('unsatisfiable');
  for (const nonsense of ['bytes=5-2', 'bytes=1-2,5-6', 'lines=1-2', 'bytes=a-b', 'bytes=-'])
    expect(rangeOf(nonsense, 100)).toBeNull();
});

test('another team hears nothing, not even that there is something [V5]', async () => {
  const callId = await callWith(talk());
  await reviewCall(teamId, callId);
  for (const where of [`/calls/${callId}/recording`, `/calls/${callId}/recording/waveform`])
    expect((await ask(where, { token: theirs })).status).toBe(404);
  expect((await ask(`/calls/${callId}/recording`, { token: theirs, method: 'DELETE' })).status).toBe(404);
  expect((await ask(`/calls/${callId}/recording`)).status).toBe(200);
});

test('a process that was killed leaves a recording that plays, and the call says that its end is missing [C9][V12]', async () => {
  const callId = await callWith(null, { over: false });
  await noteRecording(teamId, callId);
  const file = recordingFile(recordingKey(teamId, callId));
  const child = spawn(process.execPath, [path.resolve(import.meta.dirname, 'testing/record-forever.ts'), file]);
  await expect.poll(() => sizeOf(file), { timeout: 15_000 }).toBeGreaterThan(44 + 64_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const left = readFileSync(file);
  // Never more than is there, and at most the last piece less.
  expect(left.readUInt32LE(40)).toBeLessThanOrEqual(left.length - 44);
  await finishCall(teamId, callId, { status: 'failed', code: 'worker-lost', message: 'Gone.' });
  await expect(reviewCall(teamId, callId)).rejects.toMatchObject({ code: 'still-recording' });
  expect((await ask(`/calls/${callId}/recording`)).status).toBe(409);
  await expect
    .poll(
      () =>
        reviewCall(teamId, callId).then(
          () => true,
          () => false,
        ),
      { timeout: 10_000 },
    )
    .toBe(true);
  const row = await findRecording(teamId, callId);
  expect(row?.state).toBe('incomplete');
  const mended = readFileSync(file);
  expect(mended.readUInt32LE(40)).toBe(mended.length - 44);
  expect(mended.readUInt32LE(4)).toBe(mended.length - 8);
  expect(mended.length).toBeGreaterThan(left.length - 4);
  expect(row?.durationMs).toBeGreaterThan(900);
  expect(row?.peaks?.caller.some((peak) => peak > 60)).toBe(true);
  expect((await ask(`/calls/${callId}/recording`)).status).toBe(200);
}, 40_000);

test('a piece that was cut off in the middle is left out, the rest is measured [C9]', async () => {
  const callId = await callWith(talk());
  const file = recordingFile(recordingKey(teamId, callId));
  writeFileSync(file, readFileSync(file).subarray(0, 44 + 3 * 64_000 + 3));
  await reviewCall(teamId, callId);
  expect((await findRecording(teamId, callId))?.durationMs).toBe(3_000);
});

test('a file that is gone, or empty, is an incomplete recording and no error of the call', async () => {
  const callId = await callWith(new Int16Array(0));
  await reviewCall(teamId, callId);
  expect(await findRecording(teamId, callId)).toMatchObject({ state: 'incomplete', durationMs: 0, heard: null });
  const unrecorded = await callWith(null);
  await reviewCall(teamId, unrecorded);
  const answer = await ask(`/calls/${unrecorded}/recording`);
  expect([answer.status, await answer.json()]).toMatchObject([404, { code: 'not-recorded' }]);
});

test('a recording is deleted once, by those who may, and the log says so at the end of the call [V11]', async () => {
  const callId = await callWith(talk());
  await reviewCall(teamId, callId);
  const address = `/calls/${callId}/recording`;
  expect((await ask(address, { method: 'DELETE', token: reviewer })).status).toBe(403);
  expect((await ask(address, { method: 'DELETE' })).status).toBe(204);
  expect((await ask(address, { method: 'DELETE' })).status).toBe(204);
  const gone = await ask(address);
  expect([gone.status, await gone.json()]).toMatchObject([410, { code: 'recording-deleted' }]);
  expect(sizeOf(recordingFile(recordingKey(teamId, callId)))).toBe(0);
  const told = (await readAllEvents(teamId, callId)).filter((event) => event.type === 'recording-deleted');
  expect(told.map((event) => event.data)).toEqual([{ why: 'asked' }]);
  await reviewCall(teamId, callId);
  expect((await findRecording(teamId, callId))?.state).toBe('deleted');
});

test('what is older than the team keeps recordings is deleted, what is younger or of a live call is kept [C9]', async () => {
  const [old, young, live] = [await callWith(talk()), await callWith(talk()), await callWith(talk(), { over: false })];
  for (const callId of [old, young]) await reviewCall(teamId, callId);
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);
  for (const [callId, days] of [
    [old, 31],
    [young, 29],
    [live, 31],
  ] as const)
    await forTeam(teamId, (tx) =>
      tx
        .update(recordings)
        .set({ at: daysAgo(days) })
        .where(eq(recordings.callId, callId)),
    );
  await saveTeamSettings(teamId, { keepRecordingDays: null });
  expect(await deleteOldRecordings(teamId, new Date())).toBe(0);
  await saveTeamSettings(teamId, { keepRecordingDays: 30 });
  expect(await deleteOldRecordings('team-other', new Date())).toBe(0);
  expect(await deleteOldRecordings(teamId, new Date())).toBe(1);
  const states = await Promise.all(
    [old, young, live].map(async (callId) => (await findRecording(teamId, callId))?.state),
  );
  expect(states).toEqual(['deleted', 'ready', 'recording']);
  expect((await readAllEvents(teamId, old)).at(-1)).toMatchObject({
    type: 'recording-deleted',
    data: { why: 'too-old' },
  });
});

test('what callers are told and how long recordings are kept is the team’s own, and for admins to change [C9][V5]', async () => {
  const patch = (token: string, body: unknown) =>
    dispatch(
      new Request('http://localhost/api/v1/settings/recordings', {
        method: 'PATCH',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  await saveTeamSettings(teamId, { redact: ['card'], keepRecordingDays: 30 });
  expect(await (await patch(ours, { consent: ' We record. ' })).json()).toEqual({
    consent: 'We record.',
    keepRecordingDays: 30,
  });
  expect((await patch(ours, { keepRecordingDays: 0 })).status).toBe(422);
  expect((await patch(reviewer, { consent: 'x' })).status).toBe(403);
  expect(await readTeamSettings(teamId)).toMatchObject({ redact: ['card'], consent: 'We record.' });
  expect((await readTeamSettings('team-other')).consent).toBe('');
  const callId = await callWith(null);
  expect(await consentOfCall(teamId, callId)).toBe('We record.');
  expect(await consentOfCall('team-other', callId)).toBe('');
});

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
