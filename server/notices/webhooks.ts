import { randomBytes } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import { type Webhook, webhookSchema } from '#src/lib/notices/webhook.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { webhooks } from '#src/server/db/schema.ts';
import { dropCredential, storeCredential } from '#src/server/secrets/credentials.ts';

/** A team that tells more than these wants a bus, not webhooks. */
const mostWebhooks = 20;

export type WebhookRow = typeof webhooks.$inferSelect;

/** Adds an address that is told of notices. The secret that signs each request is answered here and never again. */
export async function createWebhook(teamId: string, input: { url: string }): Promise<Webhook & { secret: string }> {
  const secret = `whsec_${randomBytes(32).toString('base64url')}`;
  const row = await forTeam(teamId, async (tx) => {
    if ((await tx.select({ id: webhooks.id }).from(webhooks)).length >= mostWebhooks)
      throw new AppError('too-many', `A team can have ${mostWebhooks} webhooks.`, { hint: 'Remove one first.' });
    const credentialId = await storeCredential(tx, teamId, secret);
    const [made] = await tx
      .insert(webhooks)
      .values({ id: newId('hook'), teamId, url: input.url, credentialId })
      .returning();
    return made;
  });
  if (!row) throw new AppError('internal', 'The webhook could not be stored.', { status: 500 });
  return { ...shownWebhook(row), secret };
}

/** The webhooks of a team, oldest first, without their secrets. */
export async function listWebhooks(teamId: string): Promise<Webhook[]> {
  const rows = await forTeam(teamId, (tx) => tx.select().from(webhooks).orderBy(asc(webhooks.createdAt)));
  return rows.map(shownWebhook);
}

/** Removes a webhook and its secret. Throws `not-found`. */
export async function deleteWebhook(teamId: string, webhookId: string): Promise<void> {
  await forTeam(teamId, async (tx) => {
    const [gone] = await tx.delete(webhooks).where(eq(webhooks.id, webhookId)).returning();
    if (!gone) throw notFound('webhook');
    await dropCredential(tx, gone.credentialId);
  });
}

const shownWebhook = (row: WebhookRow): Webhook =>
  webhookSchema.parse({
    ...row,
    createdAt: row.createdAt.toISOString(),
    lastAt: row.lastAt?.toISOString() ?? null,
  });
