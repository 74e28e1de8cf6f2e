import { writeFileSync } from 'node:fs';
import postgres from 'postgres';
import { measureFinding } from '#src/bench/measure-finding.ts';
import { seedCalls } from '#src/bench/seed-calls.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import setup from '#src/server/db/testing/global-setup.ts';

/** `node bench/find-calls-process.ts FILE [CALLS]`: seeds calls, then reads lists and searches as the page does. */
const teamId = 'team-bench';
const calls = Number(process.argv[3] ?? 100_000);

const stopDatabase = await setup();
try {
  const sql = postgres(process.env.DATABASE_URL ?? '', { max: 1, onnotice: () => {} });
  const from = performance.now();
  await seedCalls(sql, { teamId, calls });
  const seedSeconds = (performance.now() - from) / 1000;
  const [{ events } = { events: 0 }] = await sql<{ events: number }[]>`select count(*)::int as events from call_events`;
  await sql.end();
  const figures = await measureFinding(teamId);
  const file = process.argv[2];
  if (file) writeFileSync(file, JSON.stringify({ calls, events, seedSeconds, ...figures }));
} finally {
  await closeConnection();
  await stopDatabase();
}
process.exit(0);
