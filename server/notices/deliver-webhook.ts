import { createHmac } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { mcpServers, notices, webhooks } from '#src/server/db/schema.ts';
import { guardedFetch } from '#src/server/mcp/guarded-fetch.ts';
import { revealCredential } from '#src/server/secrets/credentials.ts';

const timeoutMs = 10_000;

/**
 * Sends one notice to one webhook: `POST {kind, server, message, timestamp}`, signed with the webhook's own secret. What was deleted
 * meanwhile is not sent. Throws AppErrors of the guarded fetch, or `webhook-refused` for an answer that is not 2xx, so that
 * the queue tries again.
 */
export async function deliverWebhook(o: { teamId: string; webhookId: string; noticeId: string }): Promise<void> {
  const found = await forTeam(o.teamId, async (tx) => {
    const [webhook] = await tx.select().from(webhooks).where(eq(webhooks.id, o.webhookId));
    const [told] = await tx
      .select({ notice: notices, serverName: mcpServers.name })
      .from(notices)
      .leftJoin(mcpServers, and(eq(mcpServers.id, notices.serverId), isNull(mcpServers.deletedAt)))
      .where(eq(notices.id, o.noticeId));
    return webhook && told ? { webhook, ...told } : null;
  });
  if (!found) return;
  const { webhook, notice, serverName } = found;
  const body = JSON.stringify({
    kind: notice.kind,
    server: notice.serverId === null ? null : { id: notice.serverId, name: serverName },
    message: notice.message,
    timestamp: notice.at.toISOString(),
  });
  try {
    const status = await send(webhook.url, body, await revealCredential(o.teamId, webhook.credentialId), notice.id);
    await note(o.teamId, webhook.id, String(status));
    if (status < 200 || status > 299)
      throw new AppError('webhook-refused', `The webhook answered ${status}.`, { retryable: true });
  } catch (error) {
    if (!(isAppError(error) && error.code === 'webhook-refused'))
      await note(o.teamId, webhook.id, isAppError(error) ? error.code : 'failed');
    throw error;
  }
}

async function send(url: string, body: string, secret: string, noticeId: string): Promise<number> {
  const timestamp = Math.floor(Date.now() / 1_000);
  const response = await guardedFetch()(url, {
    method: 'POST',
    redirect: 'error',
    headers: {
      'content-type': 'application/json',
      'x-patchbay-id': noticeId,
      'x-patchbay-timestamp': String(timestamp),
      'x-patchbay-signature': `v1=${webhookSignature(secret, timestamp, body)}`,
    },
    body,
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  return response.status;
}

/** HMAC-SHA256 in hex over `timestamp.body`: the time is part of it, so that an old request cannot be sent again as new. */
export function webhookSignature(secret: string, timestamp: number | string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}

const note = (teamId: string, webhookId: string, lastStatus: string) =>
  forTeam(teamId, (tx) =>
    tx.update(webhooks).set({ lastStatus, lastAt: new Date() }).where(eq(webhooks.id, webhookId)),
  );
