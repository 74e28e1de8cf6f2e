import { afterAll, expect, test } from 'vitest';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { toolRuns } from '#src/server/db/schema.ts';
import { createServer } from '#src/server/mcp/save-server.ts';
import { measureTools, recordToolRun } from '#src/server/mcp/tool-runs.ts';
import { serverUsage } from '#src/server/mcp/usage.ts';

afterAll(closeConnection);

const team = 'team-runs';
const run = { tool: 'count', source: 'call', ok: true, rawChars: 4_000, shapedChars: 812 } as const;

test('runs are measured by tool and counted by source, within the team [V9] [K6]', async () => {
  const { id: serverId } = await createServer(team, { name: 'Till', url: 'https://till.example/mcp' });
  for (let ms = 1; ms <= 100; ms++) await recordToolRun(team, { ...run, serverId, ms });
  await recordToolRun(team, {
    ...run,
    serverId,
    tool: 'refund',
    source: 'inspector',
    ok: false,
    ms: 9_000,
    rawChars: 12,
  });
  const old = new Date(Date.now() - 40 * 86_400_000);
  await forTeam(team, (tx) =>
    tx.insert(toolRuns).values({ id: newId('run'), teamId: team, ...run, serverId, ms: 99_999, at: old }),
  );
  const measured = await measureTools(team, serverId);
  expect(measured.get('count')).toEqual({ runs: 100, p50Ms: 51, p95Ms: 95, rawChars: 4_000, shapedChars: 812 });
  expect(measured.get('refund')).toMatchObject({ runs: 1, p95Ms: 9_000, rawChars: 0 });
  expect(await serverUsage(team, serverId)).toMatchObject({
    lastMinute: 101,
    lastDay: 101,
    failedLastDay: 1,
    bySource: { call: 100, inspector: 1 },
    limits: { perMinute: null, latencyBudgetMs: 2_000 },
  });
  expect((await measureTools('team-other', serverId)).size).toBe(0);
  await expect(serverUsage('team-other', serverId)).rejects.toMatchObject({ code: 'not-found' });
});

test('only the newest 500 runs of a tool count', async () => {
  const { id: serverId } = await createServer(team, { name: 'Busy', url: 'https://busy.example/mcp' });
  const at = (i: number) => new Date(Date.now() - (i + 1) * 1_000);
  await forTeam(team, (tx) =>
    tx.insert(toolRuns).values(
      Array.from({ length: 700 }, (_, i) => {
        const ms = i < 500 ? 10 : 10_000;
        return { id: newId('run'), teamId: team, ...run, serverId, ms, at: at(i) };
      }),
    ),
  );
  expect((await measureTools(team, serverId)).get('count')).toMatchObject({ runs: 500, p95Ms: 10 });
});
