import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { callFacts } from '#src/lib/calls/call-facts.ts';
import { type CallView, callView } from '#src/lib/calls/call-view.ts';
import { readAllEvents } from '#src/server/calls/event-log.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { callEvents, calls, callTexts } from '#src/server/db/schema.ts';

/** Rows of one statement; Postgres takes 65,535 values. */
const rowsAtOnce = 5_000;

/** Writes down what a call that is over is found by. Doing it twice gives the same. */
export async function foldCall(
  teamId: string,
  callId: string,
  log: readonly CallEvent[],
  view: CallView,
): Promise<void> {
  const { texts, ...found } = callFacts(log, view);
  await forTeam(teamId, async (tx) => {
    await tx.update(calls).set(found).where(eq(calls.id, callId));
    // The log may have been read before its content was erased: nothing of it comes back.
    if (await tx.$count(callEvents, and(eq(callEvents.callId, callId), eq(callEvents.type, 'payload-erased')))) return;
    await tx.delete(callTexts).where(eq(callTexts.callId, callId));
    for (let from = 0; from < texts.length; from += rowsAtOnce)
      await tx
        .insert(callTexts)
        .values(texts.slice(from, from + rowsAtOnce).map((text) => ({ ...text, callId, teamId })));
  });
}

/** Folds calls of a team that were over before there were such facts, newest first; returns how many it looked at. */
export async function foldMissing(teamId: string, limit: number): Promise<number> {
  const missing = await forTeam(teamId, (tx) =>
    tx
      .select({ id: calls.id, clockStart: calls.clockStart, endedAt: calls.endedAt })
      .from(calls)
      .where(and(isNotNull(calls.endedAt), isNull(calls.durationMs)))
      .orderBy(desc(calls.placedAt))
      .limit(limit),
  );
  for (const { id, clockStart, endedAt } of missing)
    try {
      const log = await readAllEvents(teamId, id);
      await foldCall(teamId, id, log, callView(log));
    } catch {
      // A log that cannot be read any more leaves the call's length, so that it is not tried for ever.
      const durationMs = clockStart && endedAt ? Math.max(0, endedAt.getTime() - clockStart.getTime()) : 0;
      await forTeam(teamId, (tx) => tx.update(calls).set({ durationMs }).where(eq(calls.id, id)));
    }
  return missing.length;
}
