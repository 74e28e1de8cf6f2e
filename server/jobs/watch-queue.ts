import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import { isAppError } from '#src/lib/app-error.ts';
import { log } from '#src/server/log.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { dueServers } from '#src/server/mcp/watch-servers.ts';

const tickQueue = 'watch-servers';
const checkQueue = 'check-server';
const checkSchema = z.object({ teamId: z.string(), serverId: z.string() });

/** Looks at each server on its interval. One job a server, at most one at a time, shared by all jobs processes. */
export async function startWatch(boss: PgBoss): Promise<void> {
  await boss.createQueue(checkQueue, {
    policy: 'exclusive',
    retryLimit: 0,
    expireInSeconds: 120,
    deleteAfterSeconds: 3_600,
  });
  await boss.work(checkQueue, { localConcurrency: 4 }, async (jobs) => {
    for (const { data } of jobs) await checkServer(data);
  });
  await boss.createQueue(tickQueue, { policy: 'exclusive', retryLimit: 0, deleteAfterSeconds: 3_600 });
  await boss.work(tickQueue, () => queueChecks(boss));
  await boss.schedule(tickQueue, '* * * * *');
}

/** Queues a check of each server that is due; one that still waits or runs is not queued again. */
export async function queueChecks(boss: PgBoss, now = new Date()): Promise<void> {
  for (const server of await dueServers(now)) await boss.send(checkQueue, server, { singletonKey: server.serverId });
}

/** A server that is down is a result, not a failure of the job; one that was deleted meanwhile is neither. */
async function checkServer(data: unknown): Promise<void> {
  const { teamId, serverId } = checkSchema.parse(data);
  try {
    await runHandshake(teamId, serverId, { source: 'watch' });
  } catch (error) {
    if (isAppError(error) && error.code === 'not-found') return;
    log('jobs').warn({ serverId, code: isAppError(error) ? error.code : 'unknown' }, 'a server could not be checked');
  }
}
