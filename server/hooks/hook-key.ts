import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { forTeam } from '#src/server/db/for-team.ts';
import { mcpServers } from '#src/server/db/schema.ts';
import { lockServer } from '#src/server/mcp/server-rows.ts';
import { dropCredential, storeCredential } from '#src/server/secrets/credentials.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { writeAudit } from '#src/server/teams/audit.ts';

/**
 * Makes the key with which a server signs what it sends to us; the one before is void at once. It is answered here and never again.
 * Throws `not-found`.
 */
export async function makeHookKey(actor: Actor, serverId: string): Promise<{ key: string }> {
  const key = `hk_${randomBytes(32).toString('base64url')}`;
  await forTeam(actor.teamId, async (tx) => {
    const { hookCredentialId } = await lockServer(tx, serverId);
    const made = await storeCredential(tx, actor.teamId, key);
    await tx.update(mcpServers).set({ hookCredentialId: made }).where(eq(mcpServers.id, serverId));
    if (hookCredentialId !== null) await dropCredential(tx, hookCredentialId);
    await writeAudit(tx, actor, 'make-hook-key', serverId);
  });
  return { key };
}
