import { setTimeout as sleep } from 'node:timers/promises';
import { PgBoss } from 'pg-boss';
import { afterAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { labelledCalls } from '#src/lib/flags/testing/labelled-calls.ts';
import { appendCallEvent, setClock } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { listCalls, readCall } from '#src/server/calls/read-calls.ts';
import { reviewCall } from '#src/server/calls/review-call.ts';
import { config } from '#src/server/config.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';
import { startReviews } from '#src/server/jobs/review-queue.ts';

const teamId = 'team-reviews';
afterAll(closeConnection);

/** A call that goes on, with a log up to its end. */
async function callWith(log: CallEvent[]): Promise<string> {
  const callId = newId('call');
  const frozen = {
    assistantId: 'asst',
    version: null,
    config: assistantConfigSchema.parse({ name: 'Luigi' }),
    servers: [],
    providers: [],
  };
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id: callId,
      teamId,
      assistantId: 'asst',
      assistantName: 'Luigi',
      frozen,
      room: callId,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Ada',
    }),
  );
  const lengthMs = log.at(-1)?.at ?? 0;
  await setClock(teamId, callId, new Date(Date.now() - lengthMs));
  for (const { seq: _seq, recordedAt: _at, ...event } of log.slice(0, -1))
    await appendCallEvent(teamId, callId, { ...event, id: newId('evt') });
  return callId;
}

const finish = (callId: string) => finishCall(teamId, callId, { status: 'ended', reason: 'caller-hung-up' });
const labelled = (flag: string) => {
  const found = labelledCalls.find(({ flags, heard }) => flags.length === 1 && flags[0] === flag && !heard);
  if (!found) throw new Error(`no labelled call shows ${flag}`);
  return found;
};

test('what is broken in a call is stored with it when it is over, and shown in the list; not before [B10]', async () => {
  for (const flag of ['write-in-doubt', 'asked-for-person', 'loop', 'unproven-claim']) {
    const callId = await callWith(labelled(flag).log);
    await reviewCall(teamId, callId);
    expect((await readCall(teamId, callId)).flags).toEqual([]);
    await finish(callId);
    await reviewCall(teamId, callId);
    await reviewCall(teamId, callId);
    expect((await readCall(teamId, callId)).flags).toEqual([flag]);
    expect((await listCalls(teamId, { limit: 1 })).items[0]?.flags).toEqual([flag]);
  }
});

test('the jobs process looks at a call by itself, soon after its end [B10]', async () => {
  const boss = new PgBoss({ connectionString: config().databaseUrl, schema: 'pgboss', max: 3, createSchema: false });
  boss.on('error', () => {});
  await boss.start();
  try {
    await startReviews(boss);
    await sleep(100);
    const callId = await callWith(labelled('loop').log);
    await finish(callId);
    await expect.poll(async () => (await readCall(teamId, callId)).flags, { timeout: 15_000 }).toEqual(['loop']);
  } finally {
    await boss.stop({ graceful: false });
  }
}, 30_000);
