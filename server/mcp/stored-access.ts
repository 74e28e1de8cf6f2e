import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import { keyAccess, type ServerAccess } from '#src/server/mcp/server-access.ts';
import { revealCredential } from '#src/server/secrets/credentials.ts';

/** Of a stored server, or of the frozen copy of a call. */
export type AccessTo = { id: string; url: string; auth: McpAuth; credentialId: string | null };

/** What lets us in at a stored server. Throws `not-found` when its key is gone, and `secret-unreadable`. */
export async function storedAccess(teamId: string, server: AccessTo): Promise<ServerAccess> {
  return keyAccess(server.auth, server.credentialId ? await revealCredential(teamId, server.credentialId) : null);
}
