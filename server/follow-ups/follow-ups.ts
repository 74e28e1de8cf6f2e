import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { notFound } from '#src/lib/app-error.ts';
import { type FollowUp, followUpSchema } from '#src/lib/follow-ups/follow-up.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { callEventPayloads, callEvents, calls, followUps } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { writeAudit } from '#src/server/teams/audit.ts';

export type FollowUpFilter = {
  callId?: string | undefined;
  open?: boolean | undefined;
  /** How many to leave out from the top. */
  after?: number | undefined;
  limit: number;
};

/** Follow-ups: the open ones first, each newest first. `next` is the `after` of the following page. */
export async function listFollowUps(
  teamId: string,
  filter: FollowUpFilter,
): Promise<{ items: FollowUp[]; next: number | null }> {
  const after = filter.after ?? 0;
  const items = await forTeam(teamId, (tx) =>
    select(
      tx,
      and(
        filter.callId ? eq(followUps.callId, filter.callId) : undefined,
        filter.open === undefined
          ? undefined
          : filter.open
            ? isNull(followUps.doneAt)
            : sql`${followUps.doneAt} is not null`,
      ),
      filter.limit,
      after,
    ),
  );
  return { items, next: items.length === filter.limit ? after + items.length : null };
}

/** How many are open. */
export async function countOpenFollowUps(teamId: string): Promise<number> {
  return forTeam(teamId, (tx) => tx.$count(followUps, isNull(followUps.doneAt)));
}

/** Notes that someone did it. The first one counts. Throws `not-found`. */
export async function finishFollowUp(actor: Actor, id: string, now = new Date()): Promise<FollowUp> {
  return forTeam(actor.teamId, async (tx) => {
    const done = await tx
      .update(followUps)
      .set({ doneAt: now, doneBy: actor.name })
      .where(and(eq(followUps.id, id), isNull(followUps.doneAt)))
      .returning({ id: followUps.id });
    const after = await one(tx, id);
    if (done.length > 0) await writeAudit(tx, actor, 'finish-follow-up', id);
    return after;
  });
}

/** Takes that back. Throws `not-found`. */
export async function reopenFollowUp(actor: Actor, id: string): Promise<FollowUp> {
  return forTeam(actor.teamId, async (tx) => {
    await tx.update(followUps).set({ doneAt: null, doneBy: null }).where(eq(followUps.id, id));
    const after = await one(tx, id);
    await writeAudit(tx, actor, 'reopen-follow-up', id);
    return after;
  });
}

async function one(tx: TeamTx, id: string): Promise<FollowUp> {
  const [found] = await select(tx, eq(followUps.id, id), 1, 0);
  if (!found) throw notFound('follow-up');
  return found;
}

/** The names stand in the event that made it, and go with the call's contents when those are erased. */
const namesSchema = z.object({ serverName: z.string(), tool: z.string(), note: z.string() }).partial().catch({});

async function select(tx: TeamTx, where: SQL | undefined, limit: number, offset: number): Promise<FollowUp[]> {
  const rows = await tx
    .select({
      row: followUps,
      assistantName: calls.assistantName,
      callerName: calls.callerName,
      at: callEvents.at,
      data: callEventPayloads.data,
    })
    .from(followUps)
    .innerJoin(calls, eq(calls.id, followUps.callId))
    .leftJoin(callEvents, and(eq(callEvents.callId, followUps.callId), eq(callEvents.eventId, followUps.id)))
    .leftJoin(
      callEventPayloads,
      and(eq(callEventPayloads.callId, callEvents.callId), eq(callEventPayloads.seq, callEvents.seq)),
    )
    .where(where)
    .orderBy(sql`${followUps.doneAt} is not null`, desc(followUps.at), followUps.id)
    .limit(limit)
    .offset(offset);
  return rows.map(({ row, assistantName, callerName, at, data }) => {
    const names = namesSchema.parse(data ?? {});
    return followUpSchema.parse({
      id: row.id,
      callId: row.callId,
      assistantName,
      callerName,
      reason: row.reason,
      serverName: names.serverName ?? '',
      tool: names.tool ?? '',
      note: names.note ?? null,
      toolCallId: row.toolCallId,
      callAtMs: at,
      at: row.at.toISOString(),
      doneAt: row.doneAt?.toISOString() ?? null,
      doneBy: row.doneBy,
    });
  });
}
