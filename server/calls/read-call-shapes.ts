import { and, asc, eq, inArray, isNotNull, sql } from 'drizzle-orm';
import { type CallShape, callShape, type ShapeRow, shapeEventTypes } from '#src/lib/calls/call-shape.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { callEventPayloads, callEvents } from '#src/server/db/schema.ts';

/** The shapes of some calls by their ids, in one query over the log; what was said is not read. */
export async function readCallShapes(teamId: string, callIds: readonly string[]): Promise<Map<string, CallShape>> {
  if (callIds.length === 0) return new Map();
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select({
        callId: callEvents.callId,
        type: callEvents.type,
        at: callEvents.at,
        effect: sql<string | null>`${callEventPayloads.data}->>'effect'`,
      })
      .from(callEvents)
      .leftJoin(
        callEventPayloads,
        and(
          eq(callEventPayloads.callId, callEvents.callId),
          eq(callEventPayloads.seq, callEvents.seq),
          eq(callEvents.type, 'tool-started'),
        ),
      )
      .where(
        and(
          inArray(callEvents.callId, [...callIds]),
          inArray(callEvents.type, [...shapeEventTypes]),
          isNotNull(callEvents.at),
        ),
      )
      .orderBy(asc(callEvents.callId), asc(callEvents.seq)),
  );
  const byCall = new Map<string, ShapeRow[]>();
  for (const { callId, type, at, effect } of rows) {
    const list = byCall.get(callId) ?? [];
    byCall.set(callId, list);
    list.push({ type, at: at ?? 0, effect });
  }
  return new Map([...byCall].map(([callId, list]) => [callId, callShape(list)]));
}
