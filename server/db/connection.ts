import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { config } from '#src/server/config.ts';
import * as schema from '#src/server/db/schema.ts';

function connect() {
  const sql = postgres(config().databaseUrl, { max: 10, onnotice: () => {}, connect_timeout: 5, idle_timeout: 60 });
  return { sql, db: drizzle(sql, { schema }) };
}

type Connection = ReturnType<typeof connect>;

// Next's development server evaluates modules again on a change: one pool per process all the same.
const store: typeof globalThis & { patchbayDb?: Connection } = globalThis;

/** The pool of this process, as the application's role. Team data is reached only through `forTeam`. */
export function connection(): Connection {
  store.patchbayDb ??= connect();
  return store.patchbayDb;
}

/** Ends the pool; for programs that finish, and tests. */
export async function closeConnection(): Promise<void> {
  await store.patchbayDb?.sql.end({ timeout: 5 });
  delete store.patchbayDb;
}
