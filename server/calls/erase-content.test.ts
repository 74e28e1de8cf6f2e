import { eq } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { NewCallEvent } from '#src/lib/calls/call-event.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import { dispatch } from '#src/server/api/dispatch.ts';
import { addComment, readAnnotations } from '#src/server/calls/annotations.ts';
import { eraseCall } from '#src/server/calls/erase-content.ts';
import { eraseTooOld } from '#src/server/calls/erase-old-content.ts';
import { appendCallEvent, readAllEvents, setClock, verifyCallEvents } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { foldCall } from '#src/server/calls/fold-call.ts';
import { listCalls } from '#src/server/calls/read-calls.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { callEventPayloads, calls, callTexts, callWords } from '#src/server/db/schema.ts';
import { createApiToken } from '#src/server/teams/api-tokens.ts';
import { saveTeamSettings } from '#src/server/teams/team-settings.ts';

afterAll(closeConnection);
const actor = (teamId: string) => ({ teamId, role: 'owner' as const, name: 'Ada', userId: 'user-ada' });
const secret = 'marzipan';
const dayMs = 24 * 3_600_000;

type Distributed<E> = E extends NewCallEvent ? Pick<E, 'type' | 'data'> : never;
type Happening = Distributed<NewCallEvent>;

/** A call in which the secret word is everywhere that content can be. */
async function spokenCall(teamId: string, o: { over?: boolean } = {}): Promise<string> {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Luigi' });
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id,
      teamId,
      assistantId: 'asst_x',
      assistantName: 'Luigi',
      frozen: { assistantId: 'asst_x', version: null, config, servers: [], providers: [] },
      room: id,
      status: 'placed',
      callerKind: 'synthetic',
      callerName: 'Ada',
      say: [secret],
    }),
  );
  await setClock(teamId, id, new Date());
  const tool = { serverId: 's', serverName: 'Till', tool: 'place_order' };
  const heard = `two ${secret} cakes`;
  const events: Happening[] = [
    { type: 'call-started', data: {} },
    { type: 'turn-committed', data: { text: heard, source: 'spoken', confidence: 1 } },
    { type: 'model-started', data: { model: 'm', round: 1, prompt: { same: 0, items: [{ content: heard }] } } },
    { type: 'tool-started', data: { ...tool, arguments: { cake: secret }, effect: 'write' } },
    { type: 'tool-succeeded', data: { ...tool, ms: 40, answer: heard, content: [{ type: 'text', text: heard }] } },
    { type: 'agent-speech-started', data: { speechId: 'a', text: heard, kind: 'answer', delayMs: 700 } },
    { type: 'agent-speech-interrupted', data: { speechId: 'a', heard, unheard: secret } },
  ];
  for (const [i, event] of events.entries()) {
    const toolCallId = event.type.startsWith('tool-') ? 't1' : undefined;
    await appendCallEvent(teamId, id, { id: newId('evt'), at: i * 100, toolCallId, ...event });
  }
  if (o.over === false) return id;
  await finishCall(teamId, id, { status: 'ended', reason: 'caller-hung-up' });
  const log = await readAllEvents(teamId, id);
  await foldCall(teamId, id, log, callView(log));
  return id;
}

/** All content of a call that the database has, as one text. */
async function stored(teamId: string, callId: string): Promise<string> {
  return forTeam(teamId, async (tx) => {
    const payloads = await tx.select().from(callEventPayloads).where(eq(callEventPayloads.callId, callId));
    const texts = await tx.select().from(callTexts).where(eq(callTexts.callId, callId));
    const words = await tx.select().from(callWords).where(eq(callWords.callId, callId));
    const row = await tx.select({ say: calls.say }).from(calls).where(eq(calls.id, callId));
    return JSON.stringify([payloads, texts, words, row]);
  });
}

test('on request all content of a call goes, what happened stays, and the chain still fits [V11]', async () => {
  const team = 'team-erase';
  const call = await spokenCall(team);
  await addComment(actor(team), call, { text: `said ${secret}`, at: 100 });
  expect(await stored(team, call)).toContain(secret);
  const stale = await readAllEvents(team, call);
  await eraseCall(actor(team), call);
  expect(await stored(team, call)).not.toContain(secret);
  expect(await verifyCallEvents(team, call)).toMatchObject({ brokenSeq: null });
  expect((await readAnnotations(actor(team), call)).comments).toEqual([]);
  expect((await listCalls(team, { q: secret, limit: 9 })).items).toEqual([]);

  const events = await readAllEvents(team, call);
  expect(JSON.stringify(events)).not.toContain(secret);
  expect(events.find(({ type }) => type === 'turn-committed')).toMatchObject({
    erased: true,
    data: { text: '[erased]', source: 'spoken' },
  });
  const view = callView(events);
  expect(view.tools[0]).toMatchObject({ tool: 'place_order', effect: 'write', state: 'succeeded', ms: 40 });
  expect(view.agent[0]).toMatchObject({ delayMs: 700, cut: { heard: '[erased]', unheard: '' } });
  expect(view.items).toContainEqual(expect.objectContaining({ kind: 'note', text: 'What was said was erased.' }));

  // A look at the call that had begun before brings nothing back, and once more is no harm.
  await foldCall(team, call, stale, callView(stale));
  expect(await stored(team, call)).not.toContain(secret);
  await eraseCall(actor(team), call);
  expect(await stored(team, call)).not.toContain(secret);
  expect((await readAllEvents(team, call)).find(({ type }) => type === 'tool-started')).toMatchObject({
    data: { tool: 'place_order', effect: 'write', arguments: {} },
  });
  expect(await verifyCallEvents(team, call)).toMatchObject({ brokenSeq: null });
});

test('a call that goes on keeps its content, and so does that of another team [V6]', async () => {
  const call = await spokenCall('team-erase', { over: false });
  await expect(eraseCall(actor('team-erase'), call)).rejects.toMatchObject({ code: 'call-going' });
  await expect(eraseCall(actor('team-other'), call)).rejects.toMatchObject({ code: 'not-found' });
  expect(await stored('team-erase', call)).toContain(secret);
});

test('words and what tools were given go at their own age, each once [V11]', async () => {
  const team = 'team-retention';
  const call = await spokenCall(team);
  const later = (days: number) => new Date(Date.now() + days * dayMs);
  expect(await eraseTooOld(team, later(1000))).toBe(0);
  await saveTeamSettings(team, { keepTranscriptDays: 30, keepPayloadDays: 7 });
  expect(await eraseTooOld(team, later(6))).toBe(0);
  expect(await eraseTooOld(team, later(8))).toBe(1);
  expect(await eraseTooOld(team, later(8))).toBe(0);
  const events = await readAllEvents(team, call);
  expect(events.find(({ type }) => type === 'tool-started')).toMatchObject({ erased: true, data: { arguments: {} } });
  expect(events.find(({ type }) => type === 'turn-committed')).toMatchObject({ data: { text: `two ${secret} cakes` } });
  expect((await listCalls(team, { q: secret, limit: 9 })).items).toHaveLength(1);
  expect(await eraseTooOld(team, later(31))).toBe(1);
  expect(JSON.stringify(await readAllEvents(team, call))).not.toContain(secret);
  expect((await listCalls(team, { q: secret, limit: 9 })).items).toEqual([]);
  expect(await verifyCallEvents(team, call)).toMatchObject({ brokenSeq: null });
});

test('a payload that is gone without a word of it ends no reading [V11]', async () => {
  const call = await spokenCall('team-erase');
  const owner = postgres(process.env.DATABASE_URL ?? '', { max: 1 });
  await owner`delete from call_event_payloads where call_id = ${call}`;
  await owner.end();
  const events = await readAllEvents('team-erase', call);
  expect(events.every((event) => event.erased)).toBe(true);
  expect(callView(events).ending).not.toBeNull();
});

test('over the API, page and export of an erased call are answered; only admins erase [V11]', async () => {
  const team = 'team-erase-api';
  const call = await spokenCall(team);
  const token = async (role: 'admin' | 'builder') =>
    (await createApiToken({ ...actor(team), userId: null }, { name: role, role })).token;
  const ask = async (method: string, path: string, by: string) =>
    dispatch(new Request(`http://localhost/api/v1${path}`, { method, headers: { authorization: `Bearer ${by}` } }));
  const admin = await token('admin');
  expect((await ask('DELETE', `/calls/${call}/content`, await token('builder'))).status).toBe(403);
  expect((await ask('DELETE', `/calls/${call}/content`, admin)).status).toBe(204);
  for (const path of ['events', 'transcript', 'export?format=json', 'export?format=markdown', 'export?format=webvtt']) {
    const answer = await ask('GET', `/calls/${call}/${path}`, admin);
    const text = await answer.text();
    expect(`${path} ${answer.status}`).toBe(`${path} 200`);
    expect(text).toContain('erased');
    expect(text).not.toContain(secret);
  }
});
