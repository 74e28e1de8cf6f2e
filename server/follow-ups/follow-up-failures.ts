import { and, asc, eq, inArray } from 'drizzle-orm';
import { parseCallEvent } from '#src/lib/calls/call-event.ts';
import { followUpsOfFailures } from '#src/lib/follow-ups/follow-up-of-event.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { callEventPayloads, callEvents } from '#src/server/db/schema.ts';
import { createFollowUp } from '#src/server/follow-ups/create-follow-up.ts';

/** At the end of a call: makes follow-ups of the tools that failed in it and never worked. */
export async function followUpFailures(tx: TeamTx, teamId: string, callId: string): Promise<void> {
  const rows = await tx
    .select({ event: callEvents, data: callEventPayloads.data })
    .from(callEvents)
    .innerJoin(
      callEventPayloads,
      and(eq(callEventPayloads.callId, callEvents.callId), eq(callEventPayloads.seq, callEvents.seq)),
    )
    .where(and(eq(callEvents.callId, callId), inArray(callEvents.type, ['tool-failed', 'tool-succeeded'])))
    .orderBy(asc(callEvents.seq));
  const events = rows.map(({ event, data }) =>
    parseCallEvent({
      seq: event.seq,
      type: event.type,
      at: event.at,
      recordedAt: event.recordedAt.toISOString(),
      ...(event.toolCallId ? { toolCallId: event.toolCallId } : {}),
      data,
    }),
  );
  for (const one of followUpsOfFailures(events)) await createFollowUp(tx, teamId, callId, one);
}
