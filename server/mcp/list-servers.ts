import { asc, isNull } from 'drizzle-orm';
import type { McpServer, ServerOffers } from '#src/lib/mcp/mcp-server.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { mcpServers } from '#src/server/db/schema.ts';
import { findServer, shownServer } from '#src/server/mcp/server-rows.ts';

/** The servers of a team, oldest first. */
export async function listServers(teamId: string): Promise<McpServer[]> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select()
      .from(mcpServers)
      .where(isNull(mcpServers.deletedAt))
      .orderBy(asc(mcpServers.createdAt), asc(mcpServers.id)),
  );
  return rows.map(shownServer);
}

/** One server. Throws `not-found`. */
export async function readServer(teamId: string, serverId: string): Promise<McpServer> {
  return shownServer(await forTeam(teamId, (tx) => findServer(tx, serverId)));
}

/** Resources, templates and prompts of a server, as its last handshake listed them. Throws `not-found`. */
export async function readOffers(teamId: string, serverId: string): Promise<ServerOffers> {
  const { offers } = await forTeam(teamId, (tx) => findServer(tx, serverId));
  return offers ?? { resources: [], resourceTemplates: [], prompts: [] };
}
