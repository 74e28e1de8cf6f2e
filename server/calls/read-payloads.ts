import { and, between, eq } from 'drizzle-orm';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { callEventPayloads } from '#src/server/db/schema.ts';

/**
 * What a call's events from `first` to `last` carry, by their `seq`; those that were erased are missing. A read of its own beside that
 * of the events: as one join, Postgres takes a new call for a short one, and compares each event with each payload.
 */
export async function readPayloads(
  tx: TeamTx,
  callId: string,
  first: number,
  last: number,
): Promise<Map<number, unknown>> {
  const rows = await tx
    .select({ seq: callEventPayloads.seq, data: callEventPayloads.data })
    .from(callEventPayloads)
    .where(and(eq(callEventPayloads.callId, callId), between(callEventPayloads.seq, first, last)));
  return new Map(rows.map(({ seq, data }) => [seq, data]));
}
