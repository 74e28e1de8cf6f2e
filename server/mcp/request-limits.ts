import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { ServerLimits } from '#src/lib/mcp/mcp-server.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { toolRuns } from '#src/server/db/schema.ts';
import { rateSource } from '#src/server/mcp/tool-runs.ts';

/** A caller waits no longer than this for others to be done. */
const patienceMs = 2_000;
const lookAgainMs = 50;

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
  try {
    if (perMinute !== null) await takeOfMinute(teamId, server.id, perMinute);
    if (concurrent !== null) return await waitForPlace(server.id, concurrent);
  } catch (error) {
    if (isAppError(error)) throw error;
  }
  return () => {};
}

/**
 * A request is noted before it is sent, under a lock of its server, so that a burst from many calls at once is counted too. Only the
 * last minute is kept. Tools tried by hand count as well.
 */
async function takeOfMinute(teamId: string, serverId: string, perMinute: number): Promise<void> {
  const taken = await forTeam(teamId, async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('requests a minute'), hashtext(${serverId}))`);
    const { serverId: server, source, at } = toolRuns;
    await tx
      .delete(toolRuns)
      .where(sql`${server} = ${serverId} and ${source} = ${rateSource} and ${at} <= ${aMinuteAgo}`);
    const rows = await tx.execute(sql`
      insert into ${toolRuns} (id, team_id, server_id, tool, source, ok, ms, raw_chars, shaped_chars, at)
      select ${newId('run')}, ${teamId}, ${serverId}, '', ${rateSource}, true, 0, 0, 0, clock_timestamp()
      where (
        select count(*) from ${toolRuns}
        where ${server} = ${serverId} and ${at} > ${aMinuteAgo} and ${source} in (${rateSource}, 'inspector')
      ) < ${perMinute}
      returning id`);
    return rows.length > 0;
  });
  if (taken) return;
  throw new AppError('rate-limited', `This server may be asked ${perMinute} times a minute, and was.`, {
    retryable: true,
    hint: 'Wait a minute, or raise the limit of the server.',
    status: 429,
  });
}

const aMinuteAgo = sql`clock_timestamp() - interval '1 minute'`;

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
