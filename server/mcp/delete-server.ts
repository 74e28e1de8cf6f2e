import { and, eq, isNull } from 'drizzle-orm';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { assistants, mcpServers } from '#src/server/db/schema.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';

/** Assistants whose draft lists tools of this server. */
export async function assistantsUsing(teamId: string, serverId: string): Promise<{ id: string; name: string }[]> {
  return forTeam(teamId, (tx) => using(tx, serverId));
}

/** Deletes a server; it can be restored until it is swept away. Its assistants keep their choice and lose its tools. */
export async function deleteServer(
  teamId: string,
  serverId: string,
): Promise<{ usedBy: { id: string; name: string }[] }> {
  return forTeam(teamId, async (tx) => {
    await findServer(tx, serverId);
    const usedBy = await using(tx, serverId);
    await tx.update(mcpServers).set({ deletedAt: new Date() }).where(eq(mcpServers.id, serverId));
    return { usedBy };
  });
}

/** Takes a deletion back. */
export async function restoreServer(teamId: string, serverId: string): Promise<void> {
  await forTeam(teamId, (tx) => tx.update(mcpServers).set({ deletedAt: null }).where(eq(mcpServers.id, serverId)));
}

async function using(tx: TeamTx, serverId: string): Promise<{ id: string; name: string }[]> {
  const rows = await tx
    .select({ id: assistants.id, name: assistants.name, draft: assistants.draft })
    .from(assistants)
    .where(and(isNull(assistants.deletedAt)));
  return rows
    .filter((row) => row.draft.tools.some((entry) => entry.serverId === serverId && entry.tools.length > 0))
    .map(({ id, name }) => ({ id, name }));
}
