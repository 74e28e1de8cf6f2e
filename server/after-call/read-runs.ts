import { asc, eq } from 'drizzle-orm';
import { type AfterCallRun, afterCallRunSchema } from '#src/lib/mcp/after-call-run.ts';
import { findCall } from '#src/server/calls/read-calls.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { afterCallRuns } from '#src/server/db/schema.ts';

/** What was told to servers after a call, by the name of the server. Throws `not-found`. */
export async function listAfterCallRuns(teamId: string, callId: string): Promise<AfterCallRun[]> {
  const rows = await forTeam(teamId, async (tx) => {
    await findCall(tx, callId);
    return tx
      .select()
      .from(afterCallRuns)
      .where(eq(afterCallRuns.callId, callId))
      .orderBy(asc(afterCallRuns.serverName), asc(afterCallRuns.id));
  });
  return rows.map((row) =>
    afterCallRunSchema.parse({
      ...row,
      at: row.at.toISOString(),
      settledAt: row.settledAt?.toISOString() ?? null,
    }),
  );
}
