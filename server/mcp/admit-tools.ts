import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { cataloguedTools, type StoredTool } from '#src/server/mcp/catalogue.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { storeCatalogue } from '#src/server/mcp/store-catalogue.ts';

/**
 * Takes a list that a server changed in mid-call into the catalogue, as a handshake would, and answers those of its tools that are
 * `wanted` (the assistant's list) and allowed by the operator. What nobody has allowed or approved is not among them. Throws
 * `not-found`.
 */
export async function admitTools(
  teamId: string,
  o: { serverId: string; listed: ToolDefinition[]; instructions: string | null; wanted: readonly string[] },
): Promise<Pick<StoredTool, 'hash' | 'definition' | 'policy'>[]> {
  const { serverId, listed, instructions, wanted } = o;
  if (!listed.some(({ name }) => wanted.includes(name))) return [];
  const stored = await forTeam(teamId, async (tx) => {
    const { toolsFilter: filter } = await findServer(tx, serverId);
    const tools = filter.length === 0 ? listed : listed.filter(({ name }) => filter.includes(name));
    await storeCatalogue(tx, { teamId, serverId, tools, instructions });
    return cataloguedTools(tx, serverId);
  });
  return stored
    .filter(({ policy, pending, definition }) => policy.allowed && !pending && wanted.includes(definition.name))
    .map(({ hash, definition, policy }) => ({ hash, definition, policy }));
}
