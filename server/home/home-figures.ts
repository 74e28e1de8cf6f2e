import { and, desc, eq, gt, gte, inArray, isNull, sql } from 'drizzle-orm';
import { replyBudgetMs } from '#src/lib/calls/call-view.ts';
import type { CallSums, DayFigures, HomeFigures, ToolFigures } from '#src/lib/home/home-figures.ts';
import { longestReply } from '#src/server/calls/call-conditions.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { calls, mcpServers, toolRuns } from '#src/server/db/schema.ts';

const dayMs = 86_400_000;
const shownDays = 14;
const shownRows = 5;

const percentile = (share: number) =>
  sql<number | null>`percentile_cont(${share}) within group (order by ${longestReply})::float8`;
const sums = {
  calls: sql<number>`count(*)::int`,
  failed: sql<number>`count(*) filter (where ${calls.status} = 'failed')::int`,
  flagged: sql<number>`count(*) filter (where ${calls.flags} <> '{}')::int`,
  slow: sql<number>`count(*) filter (where ${longestReply} > ${replyBudgetMs})::int`,
  p50Ms: percentile(0.5),
  p95Ms: percentile(0.95),
};
const noCalls: CallSums = { calls: 0, failed: 0, flagged: 0, slow: 0, p50Ms: null, p95Ms: null };

/** What a team looks at first: its calls by day and by version, and the tools that were slow or failed in them. */
export async function homeFigures(teamId: string, now = new Date()): Promise<HomeFigures> {
  const ago = (days: number) => new Date(now.getTime() - days * dayMs);
  return forTeam(teamId, async (tx) => {
    const running = await tx.$count(calls, inArray(calls.status, ['placed', 'live']));
    const days = await dayFigures(tx, now);
    const versions = await tx
      .select({
        assistantId: calls.assistantId,
        assistantName: sql<string>`max(${calls.assistantName})`,
        version: calls.version,
        ...sums,
      })
      .from(calls)
      .where(gte(calls.placedAt, ago(7)))
      .groupBy(calls.assistantId, calls.version)
      .orderBy(desc(sums.calls))
      .limit(shownRows);
    const tools = await toolFigures(tx, ago(7));
    const used = await callsByTool(tx, calls.tools, ago(7));
    const failed = await callsByTool(tx, calls.failedTools, ago(7));
    const inCalls = (one: ToolRuns): ToolFigures => ({
      ...one,
      calls: used.get(one.tool) ?? 0,
      failedCalls: failed.get(one.tool) ?? 0,
    });
    const some = days.some((day) => day.calls > 0);
    return {
      everCalled: some || (await tx.select({ id: calls.id }).from(calls).limit(1)).length > 0,
      running,
      days,
      versions,
      slowest: tools
        .toSorted((a, b) => b.p95Ms - a.p95Ms)
        .slice(0, shownRows)
        .map(inCalls),
      failing: tools
        .filter(({ failures }) => failures > 0)
        .toSorted((a, b) => b.failures - a.failures || b.failures / b.runs - a.failures / a.runs)
        .slice(0, shownRows)
        .map(inCalls),
    };
  });
}

/** Days of 24 hours back from now, so that the last one is whole in every time zone. */
async function dayFigures(tx: TeamTx, now: Date): Promise<DayFigures[]> {
  const back = sql<number>`floor(extract(epoch from ${now.toISOString()}::timestamptz - ${calls.placedAt}) / 86400)::int`;
  const rows = await tx
    .select({ back: back.as('back'), ...sums })
    .from(calls)
    .where(gte(calls.placedAt, new Date(now.getTime() - shownDays * dayMs)))
    .groupBy(sql`back`);
  return Array.from({ length: shownDays }, (_, i) => {
    const days = shownDays - 1 - i;
    const { back: _back, ...found } = rows.find((row) => Math.max(0, row.back) === days) ?? { back: days, ...noCalls };
    const at = (n: number) => new Date(now.getTime() - n * dayMs).toISOString();
    return { from: at(days + 1), to: at(days), ...found };
  });
}

type ToolRuns = Omit<ToolFigures, 'calls' | 'failedCalls'>;

/** In how many calls each tool stands, as the list of calls finds them. */
async function callsByTool(
  tx: TeamTx,
  tools: typeof calls.tools | typeof calls.failedTools,
  since: Date,
): Promise<Map<string, number>> {
  const rows = await tx
    .select({ tool: sql<string>`unnest(${tools})`.as('tool'), calls: sql<number>`count(*)::int` })
    .from(calls)
    .where(gte(calls.placedAt, since))
    .groupBy(sql`tool`);
  return new Map(rows.map((row) => [row.tool, row.calls]));
}

async function toolFigures(tx: TeamTx, since: Date): Promise<ToolRuns[]> {
  return tx
    .select({
      serverId: toolRuns.serverId,
      serverName: mcpServers.name,
      tool: toolRuns.tool,
      runs: sql<number>`count(*)::int`,
      failures: sql<number>`count(*) filter (where not ${toolRuns.ok})::int`,
      p95Ms: sql<number>`percentile_cont(0.95) within group (order by ${toolRuns.ms})::float8`,
    })
    .from(toolRuns)
    .innerJoin(mcpServers, and(eq(mcpServers.id, toolRuns.serverId), isNull(mcpServers.deletedAt)))
    .where(and(eq(toolRuns.source, 'call'), gt(toolRuns.at, since)))
    .groupBy(toolRuns.serverId, mcpServers.name, toolRuns.tool);
}
