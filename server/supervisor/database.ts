import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#src/server/db/embedded-postgres.ts';
import type { ProcessState } from '#src/server/supervisor/instance-file.ts';

export type KeptDatabase = {
  url: string;
  pid: () => number | null;
  state: () => ProcessState;
  stop: () => Promise<void>;
};

/** Keeps the embedded Postgres running: one that ends is started again on the same port, with growing pauses. */
export async function keepDatabase(o: {
  home: string;
  port: number;
  password: string;
  log: (line: string) => void;
  onChange: () => void;
}): Promise<KeptDatabase> {
  let stopping = false;
  let state: ProcessState = 'running';
  let current: EmbeddedPostgres | null = await startEmbeddedPostgres(o);
  const { url } = current;
  const watch = (database: EmbeddedPostgres) =>
    void database.exited.then(async (code) => {
      if (stopping) return;
      current = null;
      state = 'restarting';
      o.onChange();
      for (let delayMs = 500; !stopping; delayMs = Math.min(delayMs * 2, 30_000)) {
        o.log(`ended (${code}); starting again in ${delayMs} ms`);
        await sleep(delayMs);
        try {
          current = await startEmbeddedPostgres(o);
          state = 'running';
          o.onChange();
          return watch(current);
        } catch (error) {
          o.log(error instanceof Error ? error.message : String(error));
        }
      }
    });
  watch(current);
  return {
    url,
    pid: () => current?.pid ?? null,
    state: () => state,
    async stop() {
      stopping = true;
      state = 'stopped';
      await current?.stop();
    },
  };
}
