import { and, asc, desc, eq, gt, sql as sqlOf } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import {
  type CallEvent,
  emptyEventData,
  type NewCallEvent,
  parseCallEvent,
  parseEventData,
} from '#src/lib/calls/call-event.ts';
import { type ErasedData, nothingLeft, readLeft } from '#src/server/calls/erased-data.ts';
import { readPayloads } from '#src/server/calls/read-payloads.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { callEventPayloads, callEvents, calls } from '#src/server/db/schema.ts';

/**
 * Appends one event to a call's log and returns its `seq`. One round trip; a repeat with the same `event.id` is the same event.
 * Throws AppError `not-found` for a call that is not this team's, and the driver's error while the database is away.
 */
export async function appendCallEvent(teamId: string, callId: string, event: NewCallEvent): Promise<number> {
  const data = parseEventData(event.type, event.data);
  const { sql } = connection();
  try {
    const [row] = await sql<
      { seq: number }[]
    >`select append_call_event(${teamId}, ${callId}, ${event.id}, ${event.type}, ${event.at},
      ${event.turnId ?? null}, ${event.toolCallId ?? null}, ${storableJson(data)}::text::jsonb) as seq`;
    if (!row) throw notFound('call');
    return row.seq;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'P0002') throw notFound('call');
    throw error;
  }
}

/** The same as a part of a transaction: the event is there when its other changes are, and not without them. */
export async function appendCallEventIn(
  tx: TeamTx,
  teamId: string,
  callId: string,
  event: NewCallEvent,
): Promise<number> {
  const data = storableJson(parseEventData(event.type, event.data));
  const [row] = await tx.execute<{
    seq: number;
  }>(sqlOf`select append_call_event(${teamId}, ${callId}, ${event.id}, ${event.type}, ${event.at},
    ${event.turnId ?? null}, ${event.toolCallId ?? null}, ${data}::text::jsonb) as seq`);
  if (!row) throw notFound('call');
  return row.seq;
}

/** A page of a call's events with `seq` greater than `after`, in order; `next` is the `after` of the following page, or null. */
export async function readCallEvents(
  teamId: string,
  callId: string,
  page: { after: number; limit: number },
): Promise<{ items: CallEvent[]; next: number | null }> {
  const { rows, left } = await forTeam(teamId, async (tx) => {
    const [call] = await tx.select({ clockStart: calls.clockStart }).from(calls).where(eq(calls.id, callId));
    if (!call) throw notFound('call');
    const found = await tx
      .select()
      .from(callEvents)
      .where(and(eq(callEvents.callId, callId), gt(callEvents.seq, page.after)))
      .orderBy(asc(callEvents.seq))
      .limit(page.limit);
    const payloads = await readPayloads(tx, callId, page.after + 1, found.at(-1)?.seq ?? page.after);
    return {
      rows: found.map((event) => ({ event, data: payloads.get(event.seq) ?? null, clockStart: call.clockStart })),
      left: payloads.size < found.length ? await readLeft(tx, callId) : nothingLeft,
    };
  });
  const items = rows.map((row) => eventOfRow(row, left));
  const last = items.at(-1);
  return { items, next: last && items.length === page.limit ? last.seq : null };
}

/** The newest event of one tool call; null when there is none. */
export async function lastToolEvent(teamId: string, callId: string, toolCallId: string): Promise<CallEvent | null> {
  const [row] = await forTeam(teamId, (tx) =>
    tx
      .select({ event: callEvents, data: callEventPayloads.data, clockStart: calls.clockStart })
      .from(callEvents)
      .innerJoin(calls, eq(calls.id, callEvents.callId))
      .leftJoin(
        callEventPayloads,
        and(eq(callEventPayloads.callId, callEvents.callId), eq(callEventPayloads.seq, callEvents.seq)),
      )
      .where(and(eq(callEvents.callId, callId), eq(callEvents.toolCallId, toolCallId)))
      .orderBy(desc(callEvents.seq))
      .limit(1),
  );
  if (!row) return null;
  return eventOfRow(row, row.data === null ? await forTeam(teamId, (tx) => readLeft(tx, callId)) : nothingLeft);
}

type EventRow = { event: typeof callEvents.$inferSelect; data: unknown; clockStart: Date | null };

function eventOfRow({ event, data, clockStart }: EventRow, left: ErasedData): CallEvent {
  return parseCallEvent({
    seq: event.seq,
    type: event.type,
    at: event.at ?? (clockStart ? event.recordedAt.getTime() - clockStart.getTime() : null),
    recordedAt: event.recordedAt.toISOString(),
    ...(event.turnId ? { turnId: event.turnId } : {}),
    ...(event.toolCallId ? { toolCallId: event.toolCallId } : {}),
    // A payload that is gone must not end the reading.
    ...(data === null ? { erased: true, data: left.get(event.seq) ?? emptyEventData(event.type) } : { data }),
  });
}

/** The whole log of a call, in order. */
export async function readAllEvents(teamId: string, callId: string): Promise<CallEvent[]> {
  const all: CallEvent[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: { items: CallEvent[]; next: number | null } = await readCallEvents(teamId, callId, {
      after,
      limit: 5000,
    });
    all.push(...page.items);
    after = page.next;
  }
  return all;
}

/**
 * Takes a placed call: stores t = 0 of its clock in wall time; from then on events of other processes get their `at` on reading.
 * True for whoever was first, also when asked again; false for an agent that came second.
 */
export async function setClock(teamId: string, callId: string, startedAt: Date): Promise<boolean> {
  return forTeam(teamId, async (tx) => {
    const taken = await tx
      .update(calls)
      .set({ clockStart: startedAt, status: 'live', heartbeatAt: new Date() })
      .where(and(eq(calls.id, callId), eq(calls.status, 'placed')))
      .returning({ id: calls.id });
    if (taken.length > 0) return true;
    return (await tx.$count(calls, and(eq(calls.id, callId), eq(calls.clockStart, startedAt)))) > 0;
  });
}

/** Checks the hash chain of one call. `brokenSeq` is the first event that does not fit, or null. */
export async function verifyCallEvents(
  teamId: string,
  callId: string,
): Promise<{ events: number; brokenSeq: number | null; reason: string | null }> {
  const { sql } = connection();
  const [row] = await sql<
    { events: number; broken_seq: number | null; reason: string | null }[]
  >`select * from verify_call_events(${teamId}, ${callId})`;
  if (!row) throw notFound('call');
  return { events: row.events, brokenSeq: row.broken_seq, reason: row.reason };
}

/** JSON that Postgres can store: what a server sent may hold NUL characters and halves of a surrogate pair. */
function storableJson(data: unknown): string {
  return JSON.stringify(data, (_key, value: unknown) =>
    typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '\ufffd') : value,
  );
}
