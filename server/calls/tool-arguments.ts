import { and, asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { forTeam } from '#src/server/db/for-team.ts';
import { callEventPayloads, callEvents } from '#src/server/db/schema.ts';

const calledWith = z.object({ arguments: z.record(z.string(), z.unknown()) });

/** What a tool was called with in a call; null where the team has no such tool call, or its payload is not kept any more. */
export async function toolArguments(
  teamId: string,
  callId: string,
  toolCallId: string,
): Promise<Record<string, unknown> | null> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select({ data: callEventPayloads.data })
      .from(callEvents)
      .innerJoin(
        callEventPayloads,
        and(eq(callEventPayloads.callId, callEvents.callId), eq(callEventPayloads.seq, callEvents.seq)),
      )
      .where(
        and(
          eq(callEvents.callId, callId),
          eq(callEvents.toolCallId, toolCallId),
          inArray(callEvents.type, ['tool-started', 'tool-waiting']),
        ),
      )
      .orderBy(asc(callEvents.seq)),
  );
  for (const { data } of rows) {
    const given = calledWith.safeParse(data);
    if (given.success) return given.data.arguments;
  }
  return null;
}
