import { and, count, eq, gt, sql } from 'drizzle-orm';
import type { ServerUsage } from '#src/lib/mcp/server-usage.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { serverCircuits, toolRuns } from '#src/server/db/schema.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { rateSource } from '#src/server/mcp/tool-runs.ts';

/** How much a server was asked in the last minute and the last day (K6). Throws `not-found`. */
export async function serverUsage(teamId: string, serverId: string): Promise<ServerUsage> {
  return forTeam(teamId, async (tx) => {
    const { limits } = await findServer(tx, serverId);
    const where = (condition: ReturnType<typeof sql>) => sql<number>`(count(*) filter (where ${condition}))::int`;
    const [row] = await tx
      .select({
        lastDay: count(),
        lastMinute: where(sql`${toolRuns.at} > now() - interval '1 minute'`),
        failed: where(sql`not ${toolRuns.ok}`),
        call: where(sql`${toolRuns.source} = 'call'`),
        inspector: where(sql`${toolRuns.source} = 'inspector'`),
      })
      .from(toolRuns)
      .where(
        and(
          eq(toolRuns.serverId, serverId),
          gt(toolRuns.at, sql`now() - interval '1 day'`),
          sql`${toolRuns.source} <> ${rateSource}`,
        ),
      );
    const [circuit] = await tx
      .select({ restsUntil: serverCircuits.restsUntil })
      .from(serverCircuits)
      .where(and(eq(serverCircuits.serverId, serverId), gt(serverCircuits.restsUntil, sql`now()`)));
    return {
      lastMinute: row?.lastMinute ?? 0,
      lastDay: row?.lastDay ?? 0,
      failedLastDay: row?.failed ?? 0,
      bySource: { call: row?.call ?? 0, inspector: row?.inspector ?? 0 },
      limits,
      restsUntil: circuit?.restsUntil?.toISOString() ?? null,
    };
  });
}
