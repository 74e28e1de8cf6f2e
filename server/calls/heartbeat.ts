import { and, eq, inArray } from 'drizzle-orm';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';

/** A live call whose process gave no sign of life for this long is taken for lost. */
export const heartbeatLimitMs = 8_000;

/** A sign of life from the call's process; every 2 s is enough. False when the call is already over. */
export async function beat(teamId: string, callId: string): Promise<boolean> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .update(calls)
      .set({ heartbeatAt: new Date() })
      .where(and(eq(calls.id, callId), inArray(calls.status, ['placed', 'live'])))
      .returning({ id: calls.id }),
  );
  return rows.length > 0;
}
