import { and, asc, eq, isNull } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import type { Provider, ProviderInput } from '#src/lib/providers/provider.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { providers } from '#src/server/db/schema.ts';
import { revealCredential, storeCredential } from '#src/server/secrets/credentials.ts';

type Row = typeof providers.$inferSelect;

/** The model and speech providers of a team, oldest first. */
export async function listProviders(teamId: string): Promise<Provider[]> {
  const rows = await forTeam(teamId, (tx) =>
    tx.select().from(providers).where(isNull(providers.deletedAt)).orderBy(asc(providers.createdAt)),
  );
  return rows.map(shown);
}

/** Adds a provider; the key is stored encrypted. */
export async function createProvider(teamId: string, input: ProviderInput): Promise<Provider> {
  const [row] = await forTeam(teamId, async (tx) => {
    const credentialId = input.key ? await storeCredential(tx, teamId, input.key) : null;
    return tx
      .insert(providers)
      .values({
        id: newId('prov'),
        teamId,
        name: input.name,
        kind: input.kind,
        baseUrl: input.baseUrl,
        credentialId,
        prices: input.prices,
      })
      .returning();
  });
  if (!row) throw new AppError('internal', 'The provider could not be stored.', { status: 500 });
  return shown(row);
}

/** Changes a provider. A key that is left out stays, unless the address is another origin: then it has to be pasted again (`key-missing`). */
export async function updateProvider(teamId: string, providerId: string, input: ProviderInput): Promise<Provider> {
  const [row] = await forTeam(teamId, async (tx) => {
    const before = await findProvider(tx, providerId);
    const moved = new URL(before.baseUrl).origin !== new URL(input.baseUrl).origin;
    if (moved && before.credentialId && !input.key)
      throw new AppError('key-missing', 'The key is missing.', {
        hint: 'The address is another one now: paste the key again.',
      });
    const credentialId = input.key ? await storeCredential(tx, teamId, input.key) : before.credentialId;
    return tx
      .update(providers)
      .set({ name: input.name, baseUrl: input.baseUrl, credentialId, prices: input.prices })
      .where(eq(providers.id, providerId))
      .returning();
  });
  if (!row) throw notFound('provider');
  return shown(row);
}

/** Deletes a provider. Assistants that use it say so when they are called. */
export async function deleteProvider(teamId: string, providerId: string): Promise<void> {
  await forTeam(teamId, async (tx) => {
    await findProvider(tx, providerId);
    await tx.update(providers).set({ deletedAt: new Date() }).where(eq(providers.id, providerId));
  });
}

/** Address and key of a provider, for the process that makes the request. */
export async function revealProvider(
  teamId: string,
  providerId: string,
): Promise<{ baseUrl: string; key: string | null }> {
  const row = await forTeam(teamId, (tx) => findProvider(tx, providerId));
  return { baseUrl: row.baseUrl, key: row.credentialId ? await revealCredential(teamId, row.credentialId) : null };
}

/** A provider of this team that is not deleted. Throws `not-found`. */
export async function findProvider(tx: TeamTx, providerId: string): Promise<Row> {
  const [row] = await tx
    .select()
    .from(providers)
    .where(and(eq(providers.id, providerId), isNull(providers.deletedAt)));
  if (!row) throw notFound('provider');
  return row;
}

const shown = (row: Row): Provider => ({
  id: row.id,
  name: row.name,
  kind: 'openai-compatible',
  baseUrl: row.baseUrl,
  hasKey: row.credentialId !== null,
  prices: row.prices,
  createdAt: row.createdAt.toISOString(),
});
