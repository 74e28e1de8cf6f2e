import { createHash } from 'node:crypto';
import { gt, sql } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { isAppError } from '#src/lib/app-error.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { notices, organization, webhooks } from '#src/server/db/schema.ts';
import { log } from '#src/server/log.ts';
import { noticesChannel } from '#src/server/notices/create-notice.ts';
import { deliverWebhook } from '#src/server/notices/deliver-webhook.ts';

const deliverQueue = 'deliver-webhook';
const sweepQueue = 'queue-webhooks';
const deliverySchema = z.object({ teamId: z.string(), webhookId: z.string(), noticeId: z.string() });

/** Tells the webhooks of a team of its notices: at once, and again up to three times while they do not answer. */
export async function startWebhooks(boss: PgBoss): Promise<void> {
  await boss.createQueue(deliverQueue, { retryLimit: 2, retryDelay: 15, retryBackoff: true, expireInSeconds: 60 });
  await boss.work(deliverQueue, { localConcurrency: 4, pollingIntervalSeconds: 1 }, async (jobs) => {
    for (const { data } of jobs) await deliver(data);
  });
  // A notice that was written while no jobs process listened is found by the regular look.
  await boss.createQueue(sweepQueue, { policy: 'exclusive', retryLimit: 0, deleteAfterSeconds: 3_600 });
  await boss.work(sweepQueue, async () => {
    for (const { id } of await connection().db.select({ id: organization.id }).from(organization))
      await queueWebhooks(boss, id);
  });
  await boss.schedule(sweepQueue, '* * * * *');
  await connection().sql.listen(noticesChannel, (teamId) => {
    queueWebhooks(boss, teamId).catch((error: unknown) =>
      log('jobs').warn({ code: error instanceof Error ? error.name : 'unknown' }, 'webhooks could not be queued'),
    );
  });
}

/** Queues what the webhooks of a team have to be told of the last hour. What was queued before is known by its id. */
export async function queueWebhooks(boss: PgBoss, teamId: string): Promise<void> {
  const { hooks, recent } = await forTeam(teamId, async (tx) => {
    const hooks = await tx.select({ id: webhooks.id, createdAt: webhooks.createdAt }).from(webhooks);
    const recent =
      hooks.length === 0
        ? []
        : await tx
            .select({ id: notices.id, at: notices.at })
            .from(notices)
            .where(gt(notices.at, sql`now() - interval '1 hour'`));
    return { hooks, recent };
  });
  for (const hook of hooks)
    for (const notice of recent)
      if (notice.at >= hook.createdAt) {
        const delivery = { teamId, webhookId: hook.id, noticeId: notice.id };
        await boss.send(deliverQueue, delivery, { id: uuidOf(`${hook.id} ${notice.id}`) });
      }
}

async function deliver(data: unknown): Promise<void> {
  const delivery = deliverySchema.parse(data);
  try {
    await deliverWebhook(delivery);
  } catch (error) {
    const { webhookId } = delivery;
    log('jobs').warn(
      { webhookId, code: isAppError(error) ? error.code : 'unknown' },
      'a webhook did not take a notice',
    );
    // The queue keeps what is thrown: nothing of an address may be in it.
    throw new Error(isAppError(error) ? error.code : 'failed');
  }
}

/** The same words, the same id: a UUID made of a digest. */
function uuidOf(words: string): string {
  const hex = createHash('sha256').update(words).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
