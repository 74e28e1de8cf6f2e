import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { type ServerCheck, serverCheckSchema } from '#src/lib/mcp/server-check.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { handshakes } from '#src/server/db/schema.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';

/** The last checks of a server, oldest first, as a sparkline wants them. Throws `not-found`. */
export async function listChecks(teamId: string, serverId: string, limit = 100): Promise<ServerCheck[]> {
  const rows = await forTeam(teamId, async (tx) => {
    await findServer(tx, serverId);
    return tx
      .select({
        at: handshakes.at,
        ok: handshakes.ok,
        source: handshakes.source,
        ms: sql<number>`coalesce((${handshakes.result}->>'ms')::float8, 0)`,
      })
      .from(handshakes)
      .where(eq(handshakes.serverId, serverId))
      .orderBy(desc(handshakes.at))
      .limit(limit);
  });
  return rows.reverse().map((row) => serverCheckSchema.parse({ ...row, at: row.at.toISOString() }));
}

/** Forgets checks of the watch from before this moment; what a person asked for stays. */
export async function pruneChecks(tx: TeamTx, before: Date): Promise<void> {
  await tx.delete(handshakes).where(and(eq(handshakes.source, 'watch'), lt(handshakes.at, before)));
}
