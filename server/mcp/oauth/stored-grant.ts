import { eq, sql } from 'drizzle-orm';
import { config } from '#src/server/config.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { credentials, mcpServers } from '#src/server/db/schema.ts';
import { type GrantStore, type OAuthGrant, oauthGrantSchema } from '#src/server/mcp/oauth/oauth-grant.ts';
import { keyIdOf, seal, unseal } from '#src/server/secrets/seal.ts';

/** Where the grant of a server is kept: one credential of its own, beside the client's secret. */
export const grantId = (serverId: string): string => `cred_oauth_${serverId}`;

/** The grant of a stored server, sealed. A change holds a lock in Postgres, so that several processes keep to it. */
export function storedGrant(teamId: string, serverId: string): GrantStore {
  const id = grantId(serverId);
  return {
    id,
    read: () => forTeam(teamId, (tx) => readGrant(tx, teamId, serverId)),
    change: (work) =>
      forTeam(teamId, async (tx) => {
        await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`);
        const before = await readGrant(tx, teamId, serverId);
        const after = await work(before);
        await writeGrant(tx, teamId, serverId, after);
        return after;
      }),
  };
}

async function readGrant(tx: TeamTx, teamId: string, serverId: string): Promise<OAuthGrant | null> {
  const id = grantId(serverId);
  const [row] = await tx.select().from(credentials).where(eq(credentials.id, id));
  if (!row) return null;
  return oauthGrantSchema.parse(JSON.parse(unseal(config().secretKey, `${teamId}/${id}`, row.sealed)));
}

async function writeGrant(tx: TeamTx, teamId: string, serverId: string, grant: OAuthGrant): Promise<void> {
  const id = grantId(serverId);
  const key = config().secretKey;
  const sealed = { keyId: keyIdOf(key), sealed: seal(key, `${teamId}/${id}`, JSON.stringify(grant)) };
  await tx
    .insert(credentials)
    .values({ id, teamId, ...sealed })
    .onConflictDoUpdate({ target: credentials.id, set: sealed });
  await setConnected(tx, serverId, grant.tokens !== null);
}

/** Forgets tokens and registration. */
export async function forgetGrant(tx: TeamTx, serverId: string): Promise<void> {
  await tx.delete(credentials).where(eq(credentials.id, grantId(serverId)));
  await setConnected(tx, serverId, false);
}

async function setConnected(tx: TeamTx, serverId: string, connected: boolean): Promise<void> {
  await tx
    .update(mcpServers)
    .set({ auth: sql`jsonb_set(${mcpServers.auth}, '{connected}', to_jsonb(${connected}::boolean))` })
    .where(
      sql`${mcpServers.id} = ${serverId} and ${mcpServers.auth}->>'type' = 'oauth' and ${mcpServers.auth}->>'connected' <> ${String(connected)}`,
    );
}
