import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { afterCallRuns } from '#src/server/db/schema.ts';
import { createFollowUp } from '#src/server/follow-ups/create-follow-up.ts';

export type AfterCallJob = { teamId: string; runId: string };

/** A server that is away this often in a row is not asked again. */
export const mostAttempts = 5;
/** What is not told by then is not news any more. */
const latestMs = 24 * 3_600_000;
/** Longer than any tool may take, tries included: whoever sent it has died. */
const silentMs = 3_600_000;

/** Counts a try of a run that waits, and answers which one it is; null when it does not wait any more. */
export async function claimAttempt({ teamId, runId }: AfterCallJob): Promise<number | null> {
  const [row] = await forTeam(teamId, (tx) =>
    tx
      .update(afterCallRuns)
      .set({ attempts: sql`${afterCallRuns.attempts} + 1` })
      .where(and(eq(afterCallRuns.id, runId), eq(afterCallRuns.state, 'waiting')))
      .returning({ attempts: afterCallRuns.attempts }),
  );
  return row?.attempts ?? null;
}

/**
 * Notes a write before it is sent, as failed with an open end: whoever dies from here on leaves the truth behind. Of two who try,
 * one gets true.
 */
export async function claimSending({ teamId, runId }: AfterCallJob): Promise<boolean> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .update(afterCallRuns)
      .set({ state: 'failed', error: 'It was sent; no answer has come.' })
      .where(and(eq(afterCallRuns.id, runId), eq(afterCallRuns.state, 'waiting')))
      .returning({ id: afterCallRuns.id }),
  );
  return rows.length > 0;
}

/** Nothing arrived, or it was a read: the run waits for its next try. */
export async function waitAgain({ teamId, runId }: AfterCallJob, error: string): Promise<void> {
  await forTeam(teamId, (tx) => tx.update(afterCallRuns).set({ state: 'waiting', error }).where(open(runId)));
}

/** The first outcome of a run counts. */
export async function settleRun(
  { teamId, runId }: AfterCallJob,
  state: 'done' | 'failed',
  error: string | null,
): Promise<void> {
  await forTeam(teamId, async (tx) => {
    const [run] = await tx
      .update(afterCallRuns)
      .set({ state, error, settledAt: new Date() })
      .where(open(runId))
      .returning();
    if (run && state === 'failed') await followUp(tx, teamId, run);
  });
}

/** Gives up what could not be run within a day, such as with no jobs process at all. */
export async function giveUpOldRuns(tx: TeamTx, teamId: string, now: Date): Promise<void> {
  const given = await tx
    .update(afterCallRuns)
    .set({ state: 'failed', error: 'It could not be run within a day.', settledAt: now })
    .where(and(eq(afterCallRuns.state, 'waiting'), lt(afterCallRuns.at, new Date(now.getTime() - latestMs))))
    .returning();
  // One that was sent by a process that died has no answer to come.
  const silent = await tx
    .update(afterCallRuns)
    .set({ settledAt: now })
    .where(
      and(
        eq(afterCallRuns.state, 'failed'),
        isNull(afterCallRuns.settledAt),
        lt(afterCallRuns.at, new Date(now.getTime() - silentMs)),
      ),
    )
    .returning();
  for (const run of [...given, ...silent]) await followUp(tx, teamId, run);
}

/** What was to be told is for a person to tell. */
async function followUp(tx: TeamTx, teamId: string, run: typeof afterCallRuns.$inferSelect): Promise<void> {
  await createFollowUp(tx, teamId, run.callId, {
    reason: 'after-call-failed',
    subject: run.id,
    serverName: run.serverName,
    tool: run.tool,
    note: run.error ?? undefined,
    at: null,
  });
}

const open = (runId: string) => and(eq(afterCallRuns.id, runId), isNull(afterCallRuns.settledAt));
