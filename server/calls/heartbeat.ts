import { and, eq, inArray } from 'drizzle-orm';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';

/**
 * A live call whose process gave no sign of life for this long is taken for lost. A busy machine may hold a process for seconds, and to
 * end a call that lives is worse than to tell late of one that does not.
 */
export const heartbeatLimitMs = 15_000;

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
