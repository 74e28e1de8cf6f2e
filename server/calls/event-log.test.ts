import postgres from 'postgres';
import { afterAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { watchCall } from '#src/server/calls/event-hub.ts';
import { appendCallEvent, readCallEvents, setClock, verifyCallEvents } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';

afterAll(closeConnection);

async function newCall(teamId: string) {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Test' });
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id,
      teamId,
      assistantId: 'asst_x',
      assistantName: 'Test',
      frozen: { assistantId: 'asst_x', version: null, config, servers: [], providers: [] },
      room: id,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Ada',
    }),
  );
  return id;
}
const turn = (text: string, id = newId('evt')) => ({
  id,
  type: 'turn-committed' as const,
  at: 12.5,
  turnId: 't1',
  data: { text, source: 'typed' as const, confidence: null },
});

test('appends in order, gives a repeat its first seq, and keeps other teams out [V11]', async () => {
  const call = await newCall('team-a');
  expect(await appendCallEvent('team-a', call, turn('one', 'same'))).toBe(1);
  expect(await appendCallEvent('team-a', call, turn('two'))).toBe(2);
  expect(await appendCallEvent('team-a', call, turn('one', 'same'))).toBe(1);
  const seqs = await Promise.all(Array.from({ length: 20 }, (_, i) => appendCallEvent('team-a', call, turn(`n${i}`))));
  expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 3));
  await expect(appendCallEvent('team-b', call, turn('x'))).rejects.toMatchObject({ code: 'not-found' });
  const page = await readCallEvents('team-a', call, { after: 0, limit: 2 });
  expect(page.items.map((event) => event.seq)).toEqual([1, 2]);
  expect(page.next).toBe(2);
  await expect(readCallEvents('team-b', call, { after: 0, limit: 2 })).rejects.toMatchObject({ code: 'not-found' });
});

test('a call is taken by one agent: by whoever sets its clock first', async () => {
  const id = await newCall('team-a');
  const clocks = [new Date(1_000), new Date(2_000)];
  const take = () => Promise.all(clocks.map((startedAt) => setClock('team-a', id, startedAt)));
  const taken = await take();
  expect(taken.toSorted()).toEqual([false, true]);
  expect(await take()).toEqual(taken);
});

test('what came before the agent has a negative time', async () => {
  const call = await newCall('team-a');
  await appendCallEvent('team-a', call, { id: newId('evt'), type: 'agent-dispatched', at: null, data: { attempt: 1 } });
  expect((await readCallEvents('team-a', call, { after: 0, limit: 9 })).items[0]?.at).toBeNull();
  await setClock('team-a', call, new Date(Date.now() + 500));
  expect((await readCallEvents('team-a', call, { after: 0, limit: 9 })).items[0]?.at).toBeLessThan(0);
});

test('the chain shows a changed payload, a changed event and a missing end [V11]', async () => {
  const owner = postgres(process.env.DATABASE_URL ?? '', { max: 1 });
  const whole = await newCall('team-a');
  for (const text of ['a', 'b', 'c']) await appendCallEvent('team-a', whole, turn(text));
  expect(await verifyCallEvents('team-a', whole)).toEqual({ events: 3, brokenSeq: null, reason: null });
  await owner`update call_event_payloads set data = '{"text":"B"}' where call_id = ${whole} and seq = 2`;
  expect(await verifyCallEvents('team-a', whole)).toMatchObject({ brokenSeq: 2, reason: 'the payload was changed' });
  await owner`delete from call_event_payloads where call_id = ${whole} and seq = 2`;
  expect(await verifyCallEvents('team-a', whole)).toMatchObject({ brokenSeq: null });
  await owner`update call_events set type = 'model-started' where call_id = ${whole} and seq = 2`;
  expect(await verifyCallEvents('team-a', whole)).toMatchObject({ brokenSeq: 2 });
  await owner`update call_events set type = 'turn-committed' where call_id = ${whole} and seq = 2`;
  await owner`delete from call_events where call_id = ${whole} and seq = 3`;
  expect(await verifyCallEvents('team-a', whole)).toMatchObject({ reason: 'events at the end are missing' });
  await owner.end();
});

test('a watcher gets every event once and in order, from where it left off [C8]', async () => {
  const call = await newCall('team-a');
  for (let i = 0; i < 5; i++) await appendCallEvent('team-a', call, turn(`early ${i}`));
  const got: CallEvent[] = [];
  let enough: () => void = () => {};
  const all = new Promise<void>((resolve) => {
    enough = resolve;
  });
  const stop = await watchCall('team-a', call, 2, (event) => {
    got.push(event);
    if (event.seq === 25) enough();
  });
  await Promise.all(Array.from({ length: 20 }, (_, i) => appendCallEvent('team-a', call, turn(`late ${i}`))));
  await all;
  stop();
  expect(got.map((event) => event.seq)).toEqual(Array.from({ length: 23 }, (_, i) => i + 3));
});

test('any payload can be stored, NUL and half surrogates too', async () => {
  const call = await newCall('team-a');
  await appendCallEvent('team-a', call, turn('a\0b\ud800c\u202e'));
  expect((await readCallEvents('team-a', call, { after: 0, limit: 9 })).items[0]?.data).toMatchObject({
    text: 'a\ufffdb\ufffdc\u202e',
  });
});

test('a call ends once', async () => {
  const call = await newCall('team-a');
  expect(await finishCall('team-a', call, { status: 'ended', reason: 'caller-hung-up' })).toBe(true);
  expect(await finishCall('team-a', call, { status: 'failed', code: 'worker-lost', message: 'x' })).toBe(false);
  expect((await readCallEvents('team-a', call, { after: 0, limit: 9 })).items.map((event) => event.type)).toEqual([
    'call-ended',
  ]);
});
