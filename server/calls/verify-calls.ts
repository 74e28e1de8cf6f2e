import { asc } from 'drizzle-orm';
import { verifyCallEvents } from '#src/server/calls/event-log.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls, organization } from '#src/server/db/schema.ts';

/** Checks the hash chain of every call of every team. */
export async function verifyAllCalls(): Promise<{
  calls: number;
  events: number;
  broken: { callId: string; seq: number; reason: string }[];
}> {
  const sum = { calls: 0, events: 0, broken: [] as { callId: string; seq: number; reason: string }[] };
  for (const team of await connection().db.select({ id: organization.id }).from(organization)) {
    const rows = await forTeam(team.id, (tx) => tx.select({ id: calls.id }).from(calls).orderBy(asc(calls.placedAt)));
    for (const { id } of rows) {
      const { events, brokenSeq, reason } = await verifyCallEvents(team.id, id);
      sum.calls += 1;
      sum.events += events;
      if (brokenSeq !== null) sum.broken.push({ callId: id, seq: brokenSeq, reason: reason ?? 'unknown' });
    }
  }
  return sum;
}
