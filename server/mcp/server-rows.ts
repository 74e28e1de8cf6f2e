import { and, eq, isNull } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import { type McpAuth, type McpAuthInput, type McpServer, mcpServerSchema } from '#src/lib/mcp/mcp-server.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { mcpServers } from '#src/server/db/schema.ts';

export type ServerRow = typeof mcpServers.$inferSelect;

/** A server of this team that is not deleted. Throws `not-found`. */
export async function findServer(tx: TeamTx, serverId: string): Promise<ServerRow> {
  const [row] = await tx
    .select()
    .from(mcpServers)
    .where(and(eq(mcpServers.id, serverId), isNull(mcpServers.deletedAt)));
  if (!row) throw notFound('server');
  return row;
}

/** The same, locked to the end of the transaction: what decides over its tools does so one after the other. Throws `not-found`. */
export async function lockServer(tx: TeamTx, serverId: string): Promise<ServerRow> {
  const [row] = await tx
    .select()
    .from(mcpServers)
    .where(and(eq(mcpServers.id, serverId), isNull(mcpServers.deletedAt)))
    .for('update');
  if (!row) throw notFound('server');
  return row;
}

/** The row as it is shown: without anything secret. */
export function shownServer(row: ServerRow): McpServer {
  return mcpServerSchema.parse({
    ...row,
    checkedAt: row.checkedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  });
}

/** What is stored of the way to authenticate: the key itself goes to the credentials. */
export function storedAuth(input: McpAuthInput, hasKey: boolean): McpAuth {
  if (input.type === 'none') return { type: 'none' };
  if (input.type === 'bearer') return { type: 'bearer', hasKey };
  if (input.type === 'oauth')
    return {
      type: 'oauth',
      grant: input.grant,
      ...(input.clientId ? { clientId: input.clientId } : {}),
      hasKey,
      scopes: input.scopes,
      connected: false,
    };
  return { type: 'api-key', in: input.in, name: input.name, hasKey };
}
