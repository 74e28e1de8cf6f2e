import { and, inArray, isNotNull, lt } from 'drizzle-orm';
import { PgBoss } from 'pg-boss';
import { config } from '#src/server/config.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import {
  assistants,
  handshakes,
  hookEvents,
  inspectorQuestions,
  mcpServers,
  notices,
  oauthFlows,
  organization,
  serverCircuits,
  serverTools,
  toolCache,
  toolRuns,
} from '#src/server/db/schema.ts';
import { followUpLostWrites } from '#src/server/follow-ups/follow-up-lost-writes.ts';
import { startAfterCalls } from '#src/server/jobs/after-call-queue.ts';
import { startReviews } from '#src/server/jobs/review-queue.ts';
import { startWatch } from '#src/server/jobs/watch-queue.ts';
import { startWebhooks } from '#src/server/jobs/webhook-queue.ts';
import { log } from '#src/server/log.ts';
import { pruneChecks } from '#src/server/mcp/server-checks.ts';
import { dropCredential } from '#src/server/secrets/credentials.ts';
import { pruneReads } from '#src/server/tools/stored-reads.ts';
import { doubtLostWrites } from '#src/server/tools/stored-writes.ts';

/** What was deleted can be restored for this long. */
const restorableMs = 24 * 3_600_000;
const sweepQueue = 'sweep-deleted';

/** Starts the queue with its regular work. Null, with a line in the log, when the database does not let it: calls go on without. */
export async function startBoss(): Promise<PgBoss | null> {
  try {
    const boss = new PgBoss({ connectionString: config().databaseUrl, schema: 'pgboss', max: 3, createSchema: false });
    boss.on('error', (error) => log('jobs').warn({ code: error.name }, 'queue error'));
    await boss.start();
    await boss.createQueue(sweepQueue);
    await boss.work(sweepQueue, async () => {
      await sweepDeleted(new Date(Date.now() - restorableMs));
      await sweepHistory(new Date());
    });
    await boss.schedule(sweepQueue, '17 * * * *');
    await startWatch(boss);
    await startWebhooks(boss);
    await startAfterCalls(boss);
    await startReviews(boss);
    return boss;
  } catch (error) {
    log('jobs').error(
      { code: error instanceof Error ? error.name : 'unknown', message: error instanceof Error ? error.message : '' },
      'the queue did not start',
    );
    return null;
  }
}

/** Removes for good what was deleted before this moment, a server with its keys, tools, checks and figures. Calls keep their frozen copies. */
export async function sweepDeleted(before: Date): Promise<void> {
  for (const team of await connection().db.select({ id: organization.id }).from(organization))
    await forTeam(team.id, async (tx) => {
      await tx.delete(assistants).where(and(isNotNull(assistants.deletedAt), lt(assistants.deletedAt, before)));
      const gone = await tx
        .delete(mcpServers)
        .where(and(isNotNull(mcpServers.deletedAt), lt(mcpServers.deletedAt, before)))
        .returning();
      const ids = gone.map(({ id }) => id);
      if (ids.length === 0) return;
      for (const table of [
        serverTools,
        handshakes,
        toolRuns,
        oauthFlows,
        inspectorQuestions,
        toolCache,
        hookEvents,
        serverCircuits,
      ])
        await tx.delete(table).where(inArray(table.serverId, ids));
      const keys = gone.flatMap((server) => [
        server.credentialId,
        server.previousCredentialId,
        server.envCredentialId,
        server.hookCredentialId,
      ]);
      for (const key of keys) if (key !== null) await dropCredential(tx, key);
    });
}

/** Forgets what only serves the near past: checks of the watch, figures of tools, notices. */
export async function sweepHistory(now: Date): Promise<void> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 3_600_000);
  for (const team of await connection().db.select({ id: organization.id }).from(organization))
    await forTeam(team.id, async (tx) => {
      await pruneChecks(tx, daysAgo(7));
      await tx.delete(toolRuns).where(lt(toolRuns.at, daysAgo(31)));
      await tx.delete(hookEvents).where(lt(hookEvents.at, daysAgo(31)));
      await tx.delete(notices).where(lt(notices.at, daysAgo(90)));
      await pruneReads(tx, now);
      await followUpLostWrites(tx, team.id, await doubtLostWrites(tx, now));
    });
}
