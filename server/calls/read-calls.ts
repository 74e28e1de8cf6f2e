import { and, desc, eq, getTableColumns, inArray, notInArray, type SQL, sql } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import { type Call, callSchema } from '#src/lib/calls/call.ts';
import type { CallFilter } from '#src/lib/calls/call-filter.ts';
import type { ListedCall } from '#src/lib/calls/listed-call.ts';
import { callConditions, wordsCondition } from '#src/server/calls/call-conditions.ts';
import { findMoments } from '#src/server/calls/find-moments.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';

export type CallRow = typeof calls.$inferSelect;
export type CallPage = CallFilter & {
  /** The `next` of the page before, or a moment: calls that were placed earlier. */
  before?: string | undefined;
  limit: number;
  /** Only calls that go on, or only those that do not. */
  open?: boolean | undefined;
};

/** More calls than this are not counted. */
export const countedCalls = 1_000;

// The frozen copy of the assistant is large, and nobody lists it.
const { frozen: _frozen, say: _say, ...listedColumns } = getTableColumns(calls);
const placedMicros = sql<string>`(extract(epoch from ${calls.placedAt}) * 1000000)::bigint::text`;

/** A page of calls, newest first; `next` is the `before` of the following page. New calls do not move what follows. */
export async function listCalls(
  teamId: string,
  page: CallPage,
  now = new Date(),
): Promise<{ items: ListedCall[]; next: string | null }> {
  const { items, next } = await findCalls(teamId, page, page.limit, now);
  return { items, next };
}

/**
 * The same, and how many calls match from there on, counted up to `most`: rows are looked through once for both, and only those of the
 * page are read.
 */
export async function findCalls(
  teamId: string,
  page: CallPage,
  most: number,
  now = new Date(),
): Promise<{ items: ListedCall[]; next: string | null; count: number; more: boolean }> {
  // Words are found once a call is over.
  if (page.q && page.open) return { items: [], next: null, count: 0, more: false };
  return forTeam(teamId, async (tx) => {
    const words = page.q ? await wordsCondition(tx, page.q) : null;
    const others = callConditions(page, now);
    // That there are more of common words is known before.
    const manyKnown = words?.common === true && !others;
    const found = await tx
      .select({ id: calls.id, placedMicros })
      .from(calls)
      .where(and(others, words?.condition, openOnly(page.open), page.before ? placedBefore(page.before) : undefined))
      .orderBy(desc(calls.placedAt), desc(calls.id))
      .limit((manyKnown ? page.limit : Math.max(most, page.limit)) + 1);
    const ids = found.slice(0, page.limit).map(({ id }) => id);
    const rows = await tx
      .select(listedColumns)
      .from(calls)
      .where(inArray(calls.id, ids))
      .orderBy(desc(calls.placedAt), desc(calls.id));
    const moments = page.q ? await findMoments(tx, ids, page.q) : null;
    const last = found[ids.length - 1];
    return {
      items: rows.map((row) => ({ ...shownCall(row), moment: moments?.get(row.id) ?? null })),
      next: last && found.length > page.limit ? `${last.placedMicros}~${last.id}` : null,
      count: manyKnown ? most : Math.min(found.length, most),
      more: manyKnown || found.length > most,
    };
  });
}

/** How many calls there are, counted up to `countedCalls`; `more` when there are more. */
export async function countCalls(
  teamId: string,
  filter: CallFilter,
  now = new Date(),
): Promise<{ count: number; more: boolean }> {
  return forTeam(teamId, async (tx) => {
    const words = filter.q ? await wordsCondition(tx, filter.q) : null;
    const others = callConditions(filter, now);
    if (words?.common && !others) return { count: countedCalls, more: true };
    const some = tx
      .select({ one: sql`1`.as('one') })
      .from(calls)
      .where(and(others, words?.condition))
      .limit(countedCalls + 1)
      .as('some');
    const count = await tx.$count(some);
    return { count: Math.min(count, countedCalls), more: count > countedCalls };
  });
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

function openOnly(open: boolean | undefined): SQL | undefined {
  if (open === undefined) return undefined;
  const going = ['placed', 'live'];
  return open ? inArray(calls.status, going) : notInArray(calls.status, going);
}

/** `MICROSECONDS~ID` of the last call of the page before: a moment alone would lose calls of the same one. */
function placedBefore(before: string): SQL | undefined {
  const [, micros, id] = /^(\d{1,17})~(\w{1,80})$/.exec(before) ?? [];
  if (micros !== undefined && id !== undefined)
    return sql`(${calls.placedAt}, ${calls.id}) < (timestamptz 'epoch' + ${micros}::bigint * interval '1 microsecond', ${id})`;
  const at = Date.parse(before);
  return Number.isNaN(at) ? undefined : sql`${calls.placedAt} < ${new Date(at).toISOString()}::timestamptz`;
}

function shownCall(row: Omit<CallRow, 'frozen' | 'say'>): Call {
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
    replyMs: row.replyMs,
    durationMs: row.durationMs,
    tools: row.tools,
    failedTools: row.failedTools,
    writesDone: row.writesDone,
  });
}
