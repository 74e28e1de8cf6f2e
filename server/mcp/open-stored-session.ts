import type { McpSession } from '#src/server/mcp/mcp-session.ts';
import { type OpenSession, openMcpSession } from '#src/server/mcp/open-session.ts';
import type { ServerRow } from '#src/server/mcp/server-rows.ts';
import { storedAccess } from '#src/server/mcp/stored-access.ts';
import { storedEnv } from '#src/server/mcp/stored-env.ts';

/** Connects to a stored server with its stored secrets. Throws as `openMcpSession`. */
export async function openStoredSession(
  teamId: string,
  server: ServerRow,
  options: Pick<OpenSession, 'traffic' | 'ask' | 'raw' | 'signal'>,
): Promise<McpSession> {
  const access = await storedAccess(teamId, server);
  for (const secret of access.secrets()) options.traffic?.hider.add(secret);
  return openMcpSession({
    ...options,
    server: { ...server, era: server.era === 'modern' || server.era === 'legacy' ? server.era : null },
    access,
    env: await storedEnv(teamId, server),
  });
}
