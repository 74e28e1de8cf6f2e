import { and, eq, gt, lte, type SQLWrapper, sql } from 'drizzle-orm';
import type { Measured } from '#src/lib/mcp/measured.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { toolRuns } from '#src/server/db/schema.ts';

/** One run of a tool, for figures only: no arguments and no results. */
export type ToolRun = {
  serverId: string;
  tool: string;
  source: 'call' | 'inspector';
  ok: boolean;
  ms: number;
  /** Characters of the answer as the server gave it, and as the model got it. */
  rawChars: number;
  shapedChars: number;
};

/** Marks a row that stands for a request taken of a server's minute, and is no run. */
export const rateSource = 'rate';

/** Keeps one run of a tool. */
export async function recordToolRun(teamId: string, run: ToolRun): Promise<void> {
  await forTeam(teamId, (tx) => tx.insert(toolRuns).values({ id: newId('run'), teamId, ...run }));
}

/** What the last 500 runs of each tool within 30 days showed, by tool name. */
export async function measureTools(teamId: string, serverId: string): Promise<Map<string, Measured>> {
  return forTeam(teamId, (tx) => measuredTools(tx, serverId));
}

/** The same inside a transaction; only of the tool of this name, where a name is given. */
export async function measuredTools(tx: TeamTx, serverId: string, name?: string): Promise<Map<string, Measured>> {
  const newest = tx
    .select({
      tool: toolRuns.tool,
      ok: toolRuns.ok,
      ms: toolRuns.ms,
      rawChars: toolRuns.rawChars,
      shapedChars: toolRuns.shapedChars,
      rank: sql<number>`row_number() over (partition by ${toolRuns.tool} order by ${toolRuns.at} desc)`.as('rank'),
    })
    .from(toolRuns)
    .where(
      and(
        eq(toolRuns.serverId, serverId),
        name === undefined ? undefined : eq(toolRuns.tool, name),
        gt(toolRuns.at, sql`now() - interval '30 days'`),
        sql`${toolRuns.source} <> ${rateSource}`,
      ),
    )
    .as('newest');
  const percentile = (share: number, of: SQLWrapper, where = sql`true`) =>
    sql<number>`coalesce(percentile_cont(${share}) within group (order by ${of}) filter (where ${where}), 0)::float8`;
  // An error's size says nothing about how long the answers are.
  const rows = await tx
    .select({
      tool: newest.tool,
      runs: sql<number>`count(*)::int`,
      p50Ms: percentile(0.5, newest.ms),
      p95Ms: percentile(0.95, newest.ms),
      rawChars: percentile(0.5, newest.rawChars, sql`${newest.ok}`),
      shapedChars: percentile(0.5, newest.shapedChars, sql`${newest.ok}`),
    })
    .from(newest)
    .where(lte(newest.rank, 500))
    .groupBy(newest.tool);
  return new Map(
    rows.map(({ tool, ...row }) => [
      tool,
      {
        runs: row.runs,
        p50Ms: Math.round(row.p50Ms),
        p95Ms: Math.round(row.p95Ms),
        rawChars: Math.round(row.rawChars),
        shapedChars: Math.round(row.shapedChars),
      },
    ]),
  );
}
