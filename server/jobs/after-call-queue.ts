import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { isAppError } from '#src/lib/app-error.ts';
import { afterCallChannel } from '#src/server/after-call/plan-runs.ts';
import { runAfterCall } from '#src/server/after-call/run-after-call.ts';
import { giveUpOldRuns, mostAttempts } from '#src/server/after-call/run-state.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { afterCallRuns, organization } from '#src/server/db/schema.ts';
import { log } from '#src/server/log.ts';

const runQueue = 'run-after-call';
const sweepQueue = 'queue-after-calls';
const jobSchema = z.object({ teamId: z.string(), runId: z.string() });
/** The call's process may still write the last of its log. */
const settleSeconds = 2;

/** Tells servers of calls that ended: soon after the end, and again while a server is away. */
export async function startAfterCalls(boss: PgBoss): Promise<void> {
  await boss.createQueue(runQueue, {
    retryLimit: mostAttempts - 1,
    retryDelay: 15,
    retryBackoff: true,
    expireInSeconds: 300,
  });
  await boss.work(runQueue, { localConcurrency: 4, pollingIntervalSeconds: 1 }, async (jobs) => {
    for (const { data } of jobs) await run(data);
  });
  // A call that ended while no jobs process listened is found by the regular look.
  await boss.createQueue(sweepQueue, { policy: 'exclusive', retryLimit: 0, deleteAfterSeconds: 3_600 });
  await boss.work(sweepQueue, async () => {
    for (const { id } of await connection().db.select({ id: organization.id }).from(organization))
      await queueAfterCalls(boss, id);
  });
  await boss.schedule(sweepQueue, '* * * * *');
  await connection().sql.listen(afterCallChannel, (teamId) => {
    queueAfterCalls(boss, teamId).catch((error: unknown) =>
      log('jobs').warn({ code: error instanceof Error ? error.name : 'unknown' }, 'after-calls could not be queued'),
    );
  });
}

/** Queues what waits in a team. What was queued before is known by its id. */
export async function queueAfterCalls(boss: PgBoss, teamId: string): Promise<void> {
  const waiting = await forTeam(teamId, async (tx) => {
    await giveUpOldRuns(tx, teamId, new Date());
    return tx.select({ runId: afterCallRuns.id }).from(afterCallRuns).where(eq(afterCallRuns.state, 'waiting'));
  });
  for (const { runId } of waiting)
    await boss.send(runQueue, { teamId, runId }, { id: uuidOf(runId), startAfter: settleSeconds });
}

async function run(data: unknown): Promise<void> {
  const job = jobSchema.parse(data);
  try {
    await runAfterCall(job);
  } catch (error) {
    const code = isAppError(error) ? error.code : 'failed';
    log('jobs').warn({ runId: job.runId, code }, 'a server could not be told of a call');
    // The queue keeps what is thrown: nothing of the call may be in it.
    throw new Error(code);
  }
}

/** The same id, the same job: a UUID made of a digest. */
function uuidOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
