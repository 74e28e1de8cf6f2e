import { createHash } from 'node:crypto';
import { and, eq, gt, isNotNull, or } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { isAppError } from '#src/lib/app-error.ts';
import { callsOverChannel } from '#src/server/calls/calls-over.ts';
import { eraseTooOld } from '#src/server/calls/erase-old-content.ts';
import { foldMissing } from '#src/server/calls/fold-call.ts';
import { deleteOldRecordings } from '#src/server/calls/recording/delete-recording.ts';
import { reviewCall } from '#src/server/calls/review-call.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls, organization, recordings } from '#src/server/db/schema.ts';
import { log } from '#src/server/log.ts';

const reviewQueue = 'review-call';
const sweepQueue = 'queue-reviews';
const retentionQueue = 'delete-old-recordings';
const jobSchema = z.object({ teamId: z.string(), callId: z.string() });
/** The call's process may still write the last of its log. */
const settleSeconds = 1;
const sweptMs = 15 * 60_000;
/** Older calls that a regular look makes findable. */
const foldedAtOnce = 200;

/** Looks at each call that is over, soon after its end, and deletes what is too old to keep. */
export async function startReviews(boss: PgBoss): Promise<void> {
  await boss.createQueue(reviewQueue, { retryLimit: 12, retryDelay: 5, retryBackoff: true, expireInSeconds: 600 });
  await boss.work(reviewQueue, { localConcurrency: 2, pollingIntervalSeconds: 1 }, async (jobs) => {
    for (const { data } of jobs) await review(data);
  });
  // A call that was over while no jobs process listened is found by the regular look.
  await boss.createQueue(sweepQueue, { policy: 'exclusive', retryLimit: 0, deleteAfterSeconds: 3_600 });
  await boss.work(sweepQueue, async () => {
    for (const { id } of await teams()) {
      await queueReviews(boss, id, new Date());
      await foldMissing(id, foldedAtOnce);
    }
  });
  await boss.schedule(sweepQueue, '* * * * *');
  await boss.createQueue(retentionQueue, { policy: 'exclusive', retryLimit: 0, deleteAfterSeconds: 3_600 });
  await boss.work(retentionQueue, async () => {
    for (const { id } of await teams()) await retain(id, new Date());
  });
  await boss.schedule(retentionQueue, '41 * * * *');
  await connection().sql.listen(callsOverChannel, (words) => {
    const [teamId = '', callId = ''] = words.split(' ');
    send(boss, teamId, callId).catch((error: unknown) => complain(error, 'a call could not be queued to be looked at'));
  });
}

/** Queues the calls of a team that were over lately. What was queued before is known by its id. */
export async function queueReviews(boss: PgBoss, teamId: string, now: Date): Promise<void> {
  const over = await forTeam(teamId, (tx) =>
    tx
      .select({ callId: calls.id })
      .from(calls)
      .leftJoin(recordings, eq(recordings.callId, calls.id))
      .where(
        and(
          isNotNull(calls.endedAt),
          or(gt(calls.endedAt, new Date(now.getTime() - sweptMs)), eq(recordings.state, 'recording')),
        ),
      ),
  );
  for (const { callId } of over) await send(boss, teamId, callId);
}

async function send(boss: PgBoss, teamId: string, callId: string): Promise<void> {
  await boss.send(reviewQueue, { teamId, callId }, { id: uuidOf(`review ${callId}`), startAfter: settleSeconds });
}

async function review(data: unknown): Promise<void> {
  const { teamId, callId } = jobSchema.parse(data);
  try {
    await reviewCall(teamId, callId);
  } catch (error) {
    const code = isAppError(error) ? error.code : 'failed';
    if (code === 'not-found') return;
    log('jobs').warn({ callId, code }, 'a call could not be looked at');
    // The queue keeps what is thrown: nothing of the call may be in it.
    throw new Error(code);
  }
}

async function retain(teamId: string, now: Date): Promise<void> {
  try {
    const deleted = await deleteOldRecordings(teamId, now);
    if (deleted > 0) log('jobs').info({ deleted }, 'old recordings were deleted');
  } catch (error) {
    complain(error, 'old recordings could not be deleted');
  }
  try {
    const erased = await eraseTooOld(teamId, now);
    if (erased > 0) log('jobs').info({ erased }, 'content of old calls was erased');
  } catch (error) {
    complain(error, 'content of old calls could not be erased');
  }
}

function complain(error: unknown, what: string): void {
  log('jobs').warn({ code: isAppError(error) ? error.code : error instanceof Error ? error.name : 'unknown' }, what);
}

const teams = () => connection().db.select({ id: organization.id }).from(organization);

/** The same words, the same id: a UUID made of a digest. */
function uuidOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
