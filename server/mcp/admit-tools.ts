import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { cataloguedTools, type StoredTool } from '#src/server/mcp/catalogue.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { storeCatalogue } from '#src/server/mcp/store-catalogue.ts';

/**
 * What of a list that a server changed in mid-call is `wanted` (the assistant's list) and allowed by the operator. A list with something
 * new in it is taken into the catalogue, as a handshake would. What nobody has allowed or approved is not answered. Throws `not-found`.
 */
export async function admitTools(
  teamId: string,
  o: { serverId: string; listed: ToolDefinition[]; instructions: string | null; wanted: readonly string[] },
): Promise<Pick<StoredTool, 'hash' | 'definition' | 'policy'>[]> {
  const { serverId, listed, instructions, wanted } = o;
  if (wanted.length === 0) return [];
  const stored = await forTeam(teamId, async (tx) => {
    const known = await cataloguedTools(tx, serverId);
    const isKnown = (tool: ToolDefinition) => {
      const found = known.find(({ definition }) => definition.name === tool.name);
      return found && [found.hash, found.pending?.hash].includes(definitionHash(tool, instructions));
    };
    if (listed.filter(({ name }) => wanted.includes(name)).every(isKnown)) return known;
    const { toolsFilter: filter } = await findServer(tx, serverId);
    const tools = filter.length === 0 ? listed : listed.filter(({ name }) => filter.includes(name));
    await storeCatalogue(tx, { teamId, serverId, tools, instructions });
    return cataloguedTools(tx, serverId);
  });
  return stored
    .filter(({ policy, pending, definition }) => policy.allowed && !pending && wanted.includes(definition.name))
    .map(({ hash, definition, policy }) => ({ hash, definition, policy }));
}
