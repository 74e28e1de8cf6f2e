import { and, isNull, sql } from 'drizzle-orm';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { mcpServers, organization } from '#src/server/db/schema.ts';

export type WatchedServer = { teamId: string; serverId: string };

/** The servers whose health is to be looked at now: their interval has passed since the last check, whoever made it (K11). */
export async function dueServers(now: Date = new Date()): Promise<WatchedServer[]> {
  const due: WatchedServer[] = [];
  for (const { id: teamId } of await connection().db.select({ id: organization.id }).from(organization)) {
    const rows = await forTeam(teamId, (tx) =>
      tx
        .select({ serverId: mcpServers.id })
        .from(mcpServers)
        .where(
          and(
            isNull(mcpServers.deletedAt),
            sql`${mcpServers.watchMinutes} is not null`,
            sql`coalesce(${mcpServers.checkedAt}, ${mcpServers.createdAt}) <= ${now.toISOString()}::timestamptz - ${mcpServers.watchMinutes} * interval '1 minute'`,
          ),
        ),
    );
    for (const { serverId } of rows) due.push({ teamId, serverId });
  }
  return due;
}
