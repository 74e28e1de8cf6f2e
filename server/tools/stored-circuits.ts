import { inArray, sql } from 'drizzle-orm';
import { forTeam } from '#src/server/db/for-team.ts';
import { serverCircuits } from '#src/server/db/schema.ts';
import type { Circuit, CircuitStore } from '#src/server/tools/shared-breaker.ts';

const restsForMs = sql<number | null>`(extract(epoch from ${serverCircuits.restsUntil} - now()) * 1000)::float8`;
/** Failures that are older say nothing of now. */
const forgottenAfter = sql`interval '10 minutes'`;

/**
 * Keeps a team's circuits in the database. After `failures` in a row a server rests for `restMs`: a little longer than in the process
 * that saw the failures, so that the one that tries again is not held back by its own memory.
 */
export function storedCircuits(teamId: string, { failures = 5, restMs = 10_500 } = {}): CircuitStore {
  const rested = sql`now() + make_interval(secs => ${restMs / 1000})`;
  return {
    read: (serverIds) =>
      forTeam(teamId, async (tx) => {
        if (serverIds.length === 0) return new Map();
        const rows = await tx
          .select({ serverId: serverCircuits.serverId, failures: serverCircuits.failures, restsForMs })
          .from(serverCircuits)
          .where(inArray(serverCircuits.serverId, [...serverIds]));
        return new Map(rows.map(({ serverId, ...circuit }): [string, Circuit] => [serverId, circuit]));
      }),
    failed: (serverId) =>
      forTeam(teamId, async (tx) => {
        const before = sql`case when ${serverCircuits.at} < now() - ${forgottenAfter} then 0 else ${serverCircuits.failures} end`;
        const [row] = await tx
          .insert(serverCircuits)
          .values({ teamId, serverId, failures: 1, restsUntil: failures <= 1 ? rested : null })
          .onConflictDoUpdate({
            target: [serverCircuits.teamId, serverCircuits.serverId],
            set: {
              failures: sql`${before} + 1`,
              restsUntil: sql`case when ${before} + 1 >= ${failures} then ${rested} end`,
              at: sql`now()`,
            },
          })
          .returning({ failures: serverCircuits.failures, restsForMs });
        if (!row) throw new Error('A circuit was not kept.');
        return row;
      }),
    worked: (serverId) =>
      forTeam(teamId, async (tx) => {
        await tx
          .update(serverCircuits)
          .set({ failures: 0, restsUntil: null, at: sql`now()` })
          .where(sql`${serverCircuits.serverId} = ${serverId}`);
      }),
    takeTry: (serverId) =>
      forTeam(teamId, async (tx) => {
        const taken = await tx
          .update(serverCircuits)
          .set({ restsUntil: rested })
          .where(sql`${serverCircuits.serverId} = ${serverId} and ${serverCircuits.restsUntil} <= now()`)
          .returning({ serverId: serverCircuits.serverId });
        return taken.length > 0;
      }),
  };
}
