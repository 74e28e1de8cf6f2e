import { and, asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { callEventPayloads, callEvents } from '#src/server/db/schema.ts';

/** By `seq`, what is left of events whose payload was erased. */
export type ErasedData = ReadonlyMap<number, unknown>;
export const nothingLeft: ErasedData = new Map();

const tombstone = z.object({ left: z.record(z.string(), z.unknown()) });

/** Reads it from the events that tell of the erasing. */
export async function readLeft(tx: TeamTx, callId: string): Promise<ErasedData> {
  const rows = await tx
    .select({ data: callEventPayloads.data })
    .from(callEvents)
    .innerJoin(
      callEventPayloads,
      and(eq(callEventPayloads.callId, callEvents.callId), eq(callEventPayloads.seq, callEvents.seq)),
    )
    .where(and(eq(callEvents.callId, callId), eq(callEvents.type, 'payload-erased')))
    .orderBy(asc(callEvents.seq));
  const parts = rows.flatMap(({ data }) => Object.entries(tombstone.safeParse(data).data?.left ?? {}));
  return new Map(parts.map(([seq, left]) => [Number(seq), left]));
}
