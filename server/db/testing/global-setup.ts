import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedPostgres } from '#src/server/db/embedded-postgres.ts';
import { migrateDatabase } from '#src/server/db/migrate.ts';

/** One real Postgres for all tests of a run; the addresses reach them by the environment. */
export default async function setup() {
  const home = mkdtempSync(path.join(tmpdir(), 'patchbay-test-'));
  chmodSync(home, 0o755);
  const secretKey = Buffer.alloc(32, 7);
  const database = await startEmbeddedPostgres({ home, port: await freePort(), password: 'test', log: () => {} });
  const urls = await migrateDatabase(database.url, secretKey);
  Object.assign(process.env, {
    DATABASE_URL: database.url,
    PATCHBAY_APP_DATABASE_URL: urls.app,
    DEMO_DATABASE_URL: urls.demo,
    PATCHBAY_SECRET_KEY: secretKey.toString('base64'),
    PATCHBAY_HOME: home,
    PUBLIC_URL: 'http://localhost:3000',
    LIVEKIT_URL: process.env.LIVEKIT_URL ?? 'ws://127.0.0.1:7880',
    LIVEKIT_API_KEY: process.env.LIVEKIT_API_KEY ?? 'devkey',
    LIVEKIT_API_SECRET: process.env.LIVEKIT_API_SECRET ?? 'test-secret-test-secret-test-secret',
    SPEECH_TOKEN: 'test-speech-token',
    LOG_LEVEL: 'error',
  });
  return async () => {
    await database.stop();
    rmSync(home, { recursive: true, force: true });
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
