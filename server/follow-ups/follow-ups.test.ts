import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { NewCallEvent } from '#src/lib/calls/call-event.ts';
import { readAllEvents, setClock } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';
import { appendWithFollowUp } from '#src/server/follow-ups/create-follow-up.ts';
import { followUpLostWrites } from '#src/server/follow-ups/follow-up-lost-writes.ts';
import {
  countOpenFollowUps,
  finishFollowUp,
  listFollowUps,
  reopenFollowUp,
} from '#src/server/follow-ups/follow-ups.ts';

const team = 'team-follow-ups';
const ada = { teamId: team, role: 'tester', name: 'Ada', userId: null } as const;
const names = { serverId: 'srv_pos', serverName: 'Point of sale', tool: 'place_order' };
let callId = '';

beforeEach(async () => {
  callId = newId('call');
  await forTeam(team, (tx) =>
    tx.insert(calls).values({
      id: callId,
      teamId: team,
      assistantId: 'asst_luigi',
      assistantName: 'Luigi',
      frozen: {
        assistantId: 'asst_luigi',
        version: null,
        config: assistantConfigSchema.parse({ name: 'Luigi' }),
        servers: [],
        providers: [],
      },
      room: callId,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Grace',
    }),
  );
  await setClock(team, callId, new Date());
});
afterAll(closeConnection);

type Happening = {
  [T in NewCallEvent['type']]: Pick<Extract<NewCallEvent, { type: T }>, 'type' | 'data'>;
}[NewCallEvent['type']];
const happen = (event: Happening, toolCallId: string = randomUUID()) =>
  appendWithFollowUp(team, callId, { id: randomUUID(), at: 100, toolCallId, ...event });
const mine = async () => (await listFollowUps(team, { callId, limit: 50 })).items;
const failed = (tool: string, code = 'timed-out'): Happening => ({
  type: 'tool-failed',
  data: { ...names, tool, ms: 1, code, message: 'No answer came in time.' },
});
const worked = (tool: string): Happening => ({
  type: 'tool-succeeded',
  data: { ...names, tool, ms: 1, answer: 'ok', content: [] },
});

test('a write in doubt is there to be followed up as soon as it is in the log, once [V12]', async () => {
  const event: NewCallEvent = {
    id: randomUUID(),
    type: 'tool-in-doubt',
    at: 4_200,
    toolCallId: 'tc-1',
    data: { ...names, ms: 10, message: 'No answer came in time.' },
  };
  const seq = await appendWithFollowUp(team, callId, event);
  expect(await appendWithFollowUp(team, callId, event)).toBe(seq);
  expect(await mine()).toMatchObject([
    {
      reason: 'write-in-doubt',
      callId,
      assistantName: 'Luigi',
      callerName: 'Grace',
      serverName: 'Point of sale',
      tool: 'place_order',
      toolCallId: 'tc-1',
      callAtMs: 4_200,
      doneAt: null,
    },
  ]);
  const events = await readAllEvents(team, callId);
  expect(events.map(({ type, at }) => [type, at])).toEqual([
    ['tool-in-doubt', 4_200],
    ['follow-up-created', 4_200],
  ]);
});

test('two writes in doubt are two things to look after [V12]', async () => {
  const doubt: Happening = { type: 'tool-in-doubt', data: { ...names, ms: 1, message: 'No answer.' } };
  await happen(doubt, 'tc-1');
  await happen(doubt, 'tc-2');
  expect(await mine()).toHaveLength(2);
});

test('at the end of a call: tools that failed for good, not those that worked later or were only asked about [V12]', async () => {
  await happen(failed('check_stock'));
  await happen(failed('check_stock'));
  await happen(failed('opening_hours'));
  await happen(worked('opening_hours'));
  await happen(failed('place_order', 'arguments-invalid'));
  await happen(failed('menu', 'interrupted'));
  expect(await mine()).toEqual([]);
  await finishCall(team, callId, { status: 'ended', reason: 'caller-hung-up' });
  await finishCall(team, callId, { status: 'ended', reason: 'silence' });
  expect(await mine()).toMatchObject([{ reason: 'tool-failed', tool: 'check_stock', note: 'No answer came in time.' }]);
  expect((await readAllEvents(team, callId)).slice(-2).map(({ type }) => type)).toEqual([
    'follow-up-created',
    'call-ended',
  ]);
});

test('a write that nobody was there to approve is followed up at once [V11]', async () => {
  const absent: Happening = { type: 'tool-declined', data: { ...names, ms: 1, reason: 'nobody', name: null } };
  await happen(absent);
  await happen(absent);
  await happen({ type: 'tool-declined', data: { ...names, tool: 'book', ms: 1, reason: 'no', name: null } });
  await finishCall(team, callId, { status: 'ended', reason: 'caller-hung-up' });
  expect(await mine()).toMatchObject([{ reason: 'operator-absent', tool: 'place_order' }]);
});

test('a write whose process died belongs to the end of its call', async () => {
  await finishCall(team, callId, { status: 'failed', code: 'worker-lost', message: 'Gone.' });
  const lost = [{ callId, toolCallId: 'tc-9', serverId: 'srv_gone', tool: 'place_order' }];
  await forTeam(team, (tx) => followUpLostWrites(tx, team, lost));
  const [one] = await mine();
  const [call] = await forTeam(team, (tx) => tx.select().from(calls).where(eq(calls.id, callId)));
  expect(one).toMatchObject({ reason: 'write-in-doubt', serverName: 'a deleted server' });
  expect(one?.callAtMs).toBe((call?.endedAt?.getTime() ?? 0) - (call?.clockStart?.getTime() ?? 0));
});

test('who did it when is kept, can be taken back, and the open ones come first', async () => {
  await happen({ type: 'tool-in-doubt', data: { ...names, ms: 1, message: '' } }, 'tc-1');
  await happen({ type: 'tool-in-doubt', data: { ...names, ms: 1, message: '' } }, 'tc-2');
  const before = await countOpenFollowUps(team);
  const [newest, older] = await mine();
  if (!newest || !older) throw new Error('Two were made.');
  const now = new Date('2030-01-01T10:00:00Z');
  expect(await finishFollowUp(ada, newest.id, now)).toMatchObject({ doneBy: 'Ada', doneAt: now.toISOString() });
  expect(await finishFollowUp({ ...ada, name: 'Grace' }, newest.id)).toMatchObject({ doneBy: 'Ada' });
  expect(await countOpenFollowUps(team)).toBe(before - 1);
  expect((await mine()).map(({ id }) => id)).toEqual([older.id, newest.id]);
  expect((await listFollowUps(team, { callId, open: true, limit: 50 })).items).toHaveLength(1);
  expect(await reopenFollowUp(ada, newest.id)).toMatchObject({ doneAt: null, doneBy: null });
});

test('no team sees or finishes those of another', async () => {
  await happen({ type: 'tool-in-doubt', data: { ...names, ms: 1, message: '' } });
  const [one] = await mine();
  const stranger = { ...ada, teamId: 'team-stranger' };
  expect((await listFollowUps('team-stranger', { limit: 50 })).items).toEqual([]);
  await expect(finishFollowUp(stranger, one?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
  await expect(reopenFollowUp(stranger, one?.id ?? '')).rejects.toMatchObject({ code: 'not-found' });
});
