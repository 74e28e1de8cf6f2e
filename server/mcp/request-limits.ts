import { setTimeout as sleep } from 'node:timers/promises';
import { and, count, eq, gt, sql } from 'drizzle-orm';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { ServerLimits } from '#src/lib/mcp/mcp-server.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { toolRuns } from '#src/server/db/schema.ts';

/** A caller waits no longer than this for others to be done. */
const patienceMs = 2_000;
const lookAgainMs = 50;

/** Requests of this process that are under way: their runs are not written yet. */
const underWay = new Map<string, number>();

/**
 * Takes a place among the requests that a server may get, across all processes; the function it answers gives it back. Without limits
 * nothing is asked of the database, and while the database is away limits do not hold (reads go on).
 * Throws `rate-limited`, or `server-busy` when no place came free in 2 s (both retryable).
 */
export async function takeRequestSlot(
  teamId: string,
  server: { id: string; limits: ServerLimits },
): Promise<() => void> {
  const { perMinute, concurrent } = server.limits;
  let giveBack = () => {};
  try {
    if (perMinute !== null) await checkRate(teamId, server.id, perMinute);
    if (concurrent !== null) giveBack = await waitForPlace(server.id, concurrent);
  } catch (error) {
    if (isAppError(error)) throw error;
  }
  underWay.set(server.id, (underWay.get(server.id) ?? 0) + 1);
  return () => {
    underWay.set(server.id, (underWay.get(server.id) ?? 1) - 1);
    giveBack();
  };
}

async function checkRate(teamId: string, serverId: string, perMinute: number): Promise<void> {
  const [row] = await forTeam(teamId, (tx) =>
    tx
      .select({ runs: count() })
      .from(toolRuns)
      .where(and(eq(toolRuns.serverId, serverId), gt(toolRuns.at, sql`now() - interval '1 minute'`))),
  );
  if ((row?.runs ?? 0) + (underWay.get(serverId) ?? 0) < perMinute) return;
  throw new AppError('rate-limited', `This server may be asked ${perMinute} times a minute, and was.`, {
    retryable: true,
    hint: 'Wait a minute, or raise the limit of the server.',
    status: 429,
  });
}

async function waitForPlace(serverId: string, places: number): Promise<() => void> {
  for (const end = performance.now() + patienceMs; ; await sleep(lookAgainMs)) {
    const place = await holdPlace(serverId, places);
    if (place) return place;
    if (performance.now() > end) break;
  }
  throw new AppError('server-busy', `This server may be asked ${places} things at once, and is.`, {
    retryable: true,
    hint: 'Try again in a moment, or raise the limit of the server.',
    status: 429,
  });
}

/** A lock that lives as long as its transaction: a process that dies holds no place. */
function holdPlace(serverId: string, places: number): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    connection()
      .sql.begin(async (tx) => {
        const [found] = await tx`
          select place from generate_series(1, ${places}::int) place
          where pg_try_advisory_xact_lock(hashtext(${serverId}), place) limit 1`;
        if (!found) return resolve(null);
        await new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
