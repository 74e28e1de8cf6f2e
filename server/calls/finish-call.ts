import { and, eq, inArray } from 'drizzle-orm';
import type { EndedReason } from '#src/lib/calls/call.ts';
import type { NewCallEvent } from '#src/lib/calls/call-event.ts';
import { planAfterCalls } from '#src/server/after-call/plan-runs.ts';
import { tellCallOver } from '#src/server/calls/calls-over.ts';
import { appendCallEventIn } from '#src/server/calls/event-log.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';
import { followUpFailures } from '#src/server/follow-ups/follow-up-failures.ts';

export type CallEnding = { status: 'ended'; reason: EndedReason } | { status: 'failed'; code: string; message: string };

/**
 * Ends a call in row and log, once: the first ending wins, later ones do nothing.
 * Returns true when this ending was the first.
 */
export async function finishCall(
  teamId: string,
  callId: string,
  ending: CallEnding,
  now = new Date(),
): Promise<boolean> {
  return forTeam(teamId, async (tx) => {
    const [row] = await tx
      .update(calls)
      .set({
        status: ending.status,
        endedAt: now,
        ...(ending.status === 'ended'
          ? { endedReason: ending.reason }
          : { failureCode: ending.code, failureMessage: ending.message }),
      })
      .where(and(eq(calls.id, callId), inArray(calls.status, ['placed', 'live'])))
      .returning({ clockStart: calls.clockStart, frozen: calls.frozen });
    if (!row) return false;
    if (row.clockStart) await followUpFailures(tx, teamId, callId);
    await appendCallEventIn(tx, teamId, callId, endingEvent(callId, ending, row.clockStart, now));
    // A call that never began has nothing to tell.
    if (row.clockStart) await planAfterCalls(tx, teamId, callId, row.frozen);
    await tellCallOver(tx, teamId, callId);
    return true;
  });
}

function endingEvent(callId: string, ending: CallEnding, clockStart: Date | null, now: Date): NewCallEvent {
  const durationMs = clockStart ? now.getTime() - clockStart.getTime() : null;
  const base = { id: `${callId}-end`, at: durationMs };
  return ending.status === 'ended'
    ? { ...base, type: 'call-ended', data: { reason: ending.reason, durationMs: durationMs ?? 0 } }
    : { ...base, type: 'call-failed', data: { code: ending.code, message: ending.message, durationMs } };
}
