import { and, desc, eq, lt } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import { type Call, type CallStatus, callSchema } from '#src/lib/calls/call.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';

export type CallRow = typeof calls.$inferSelect;
export type CallFilter = {
  status?: CallStatus | undefined;
  assistantId?: string | undefined;
  before?: string | undefined;
  limit: number;
};

/** A page of calls, newest first; `next` is the `before` of the following page. */
export async function listCalls(teamId: string, filter: CallFilter): Promise<{ items: Call[]; next: string | null }> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select()
      .from(calls)
      .where(
        and(
          filter.status ? eq(calls.status, filter.status) : undefined,
          filter.assistantId ? eq(calls.assistantId, filter.assistantId) : undefined,
          filter.before ? lt(calls.placedAt, new Date(filter.before)) : undefined,
        ),
      )
      .orderBy(desc(calls.placedAt))
      .limit(filter.limit),
  );
  const last = rows.at(-1);
  return {
    items: rows.map(shownCall),
    next: last && rows.length === filter.limit ? last.placedAt.toISOString() : null,
  };
}

/** One call. Throws `not-found`. */
export async function readCall(teamId: string, callId: string): Promise<Call> {
  return shownCall(await forTeam(teamId, (tx) => findCall(tx, callId)));
}

/** The row of a call of this team. Throws `not-found`. */
export async function findCall(tx: TeamTx, callId: string): Promise<CallRow> {
  const [row] = await tx.select().from(calls).where(eq(calls.id, callId));
  if (!row) throw notFound('call');
  return row;
}

function shownCall(row: CallRow): Call {
  return callSchema.parse({
    id: row.id,
    assistantId: row.assistantId,
    assistantName: row.assistantName,
    version: row.version,
    status: row.status,
    caller: { kind: row.callerKind, name: row.callerName },
    placedAt: row.placedAt.toISOString(),
    startedAt: row.clockStart?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    endedReason: row.endedReason,
    failure: row.failureCode === null ? null : { code: row.failureCode, message: row.failureMessage ?? '' },
    stats: { turns: row.turns, toolCalls: row.toolCalls, toolFailures: row.toolFailures },
    flags: row.flags,
    heardReplyMs: row.heardReplyMs,
  });
}
