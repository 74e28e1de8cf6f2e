import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { NewCallEvent } from '#src/lib/calls/call-event.ts';
import { followUpOfEvent, type NewFollowUp } from '#src/lib/follow-ups/follow-up-of-event.ts';
import { appendCallEvent, appendCallEventIn } from '#src/server/calls/event-log.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { calls, followUps } from '#src/server/db/schema.ts';

/** Makes a follow-up of a call, once for its reason and subject; a new one is an event of the call. */
export async function createFollowUp(tx: TeamTx, teamId: string, callId: string, one: NewFollowUp): Promise<void> {
  const digest = createHash('sha256').update(`${callId}\n${one.reason}\n${one.subject}`).digest('hex');
  const id = `fu_${digest.slice(0, 24)}`;
  const made = await tx
    .insert(followUps)
    .values({ id, teamId, callId, toolCallId: one.toolCallId ?? null, reason: one.reason })
    .onConflictDoNothing()
    .returning({ id: followUps.id });
  if (made.length === 0) return;
  const { reason, serverName, tool, note } = one;
  await appendCallEventIn(tx, teamId, callId, {
    id,
    type: 'follow-up-created',
    at: one.at ?? (await endOfCall(tx, callId)),
    toolCallId: one.toolCallId,
    data: { followUpId: id, reason, serverName, tool, ...(note ? { note } : {}) },
  });
}

/** What comes up after a call belongs to its end; null while it goes on. */
async function endOfCall(tx: TeamTx, callId: string): Promise<number | null> {
  const [call] = await tx
    .select({ clockStart: calls.clockStart, endedAt: calls.endedAt })
    .from(calls)
    .where(eq(calls.id, callId));
  return call?.clockStart && call.endedAt ? call.endedAt.getTime() - call.clockStart.getTime() : null;
}

/**
 * Appends an event to a call's log, and what it promises with it: either both are there or neither. Throws as
 * `appendCallEvent`.
 */
export async function appendWithFollowUp(teamId: string, callId: string, event: NewCallEvent): Promise<number> {
  const promised = followUpOfEvent(event);
  if (!promised) return appendCallEvent(teamId, callId, event);
  return forTeam(teamId, async (tx) => {
    const seq = await appendCallEventIn(tx, teamId, callId, event);
    await createFollowUp(tx, teamId, callId, promised);
    return seq;
  });
}
