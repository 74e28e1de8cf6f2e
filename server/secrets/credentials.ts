import { eq } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import { config } from '#src/server/config.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { credentials } from '#src/server/db/schema.ts';
import { keyIdOf, seal, unseal } from '#src/server/secrets/seal.ts';

/** Encrypts and stores a secret; returns the id by which it is used. */
export async function storeCredential(tx: TeamTx, teamId: string, secret: string): Promise<string> {
  const id = newId('cred');
  const key = config().secretKey;
  await tx
    .insert(credentials)
    .values({ id, teamId, keyId: keyIdOf(key), sealed: seal(key, `${teamId}/${id}`, secret) });
  return id;
}

/** The secret itself. Only the process that makes the request asks for it; it goes into no log, event or answer. */
export async function revealCredential(teamId: string, credentialId: string): Promise<string> {
  const [row] = await forTeam(teamId, (tx) => tx.select().from(credentials).where(eq(credentials.id, credentialId)));
  if (!row) throw notFound('stored key');
  return unseal(config().secretKey, `${teamId}/${credentialId}`, row.sealed);
}

/** Forgets a secret that nothing uses any more. */
export async function dropCredential(tx: TeamTx, credentialId: string): Promise<void> {
  await tx.delete(credentials).where(eq(credentials.id, credentialId));
}
