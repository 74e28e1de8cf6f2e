import { and, eq, inArray } from 'drizzle-orm';
import type { EndedReason } from '#src/lib/calls/call.ts';
import { appendCallEvent } from '#src/server/calls/event-log.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';

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
  const [row] = await forTeam(teamId, (tx) =>
    tx
      .update(calls)
      .set({
        status: ending.status,
        endedAt: now,
        ...(ending.status === 'ended'
          ? { endedReason: ending.reason }
          : { failureCode: ending.code, failureMessage: ending.message }),
      })
      .where(and(eq(calls.id, callId), inArray(calls.status, ['placed', 'live'])))
      .returning({ clockStart: calls.clockStart }),
  );
  if (!row) return false;
  const durationMs = row.clockStart ? now.getTime() - row.clockStart.getTime() : null;
  const base = { id: `${callId}-end`, at: durationMs };
  if (ending.status === 'ended')
    await appendCallEvent(teamId, callId, {
      ...base,
      type: 'call-ended',
      data: { reason: ending.reason, durationMs: durationMs ?? 0 },
    });
  else
    await appendCallEvent(teamId, callId, {
      ...base,
      type: 'call-failed',
      data: { code: ending.code, message: ending.message, durationMs },
    });
  return true;
}
