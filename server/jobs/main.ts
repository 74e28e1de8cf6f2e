import { setTimeout as sleep } from 'node:timers/promises';
import { closeConnection } from '#src/server/db/connection.ts';
import { startBoss } from '#src/server/jobs/boss.ts';
import { watchOpenCalls } from '#src/server/jobs/open-calls.ts';
import { log } from '#src/server/log.ts';

/** The job process: nothing that a caller waits for runs here, but what keeps calls honest does. */
const stopWatching = watchOpenCalls();
const boss = startBoss();
log('jobs').info('jobs process is up');

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => {
    void (async () => {
      stopWatching();
      await Promise.race([(await boss)?.stop({ graceful: true, timeout: 3_000 }), sleep(4_000)]);
      await closeConnection();
      process.exit(0);
    })();
  });
