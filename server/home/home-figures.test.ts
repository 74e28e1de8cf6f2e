import { afterAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { listCalls } from '#src/server/calls/read-calls.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls, mcpServers, toolRuns } from '#src/server/db/schema.ts';
import { homeFigures } from '#src/server/home/home-figures.ts';

afterAll(closeConnection);

const hourMs = 3_600_000;
const now = new Date();

async function placed(teamId: string, hoursAgo: number, row: Partial<typeof calls.$inferInsert> = {}) {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Luigi' });
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id,
      teamId,
      assistantId: 'asst_luigi',
      assistantName: 'Luigi',
      version: 1,
      frozen: { assistantId: 'asst_luigi', version: 1, config, servers: [], providers: [] },
      room: id,
      status: 'ended',
      callerKind: 'member',
      callerName: 'Ada',
      placedAt: new Date(now.getTime() - hoursAgo * hourMs),
      ...row,
    }),
  );
}

test('each number of the home page is what its link lists [C9]', async () => {
  const teamId = newId('evt');
  expect((await homeFigures(teamId, now)).everCalled).toBe(false);
  await placed(teamId, 1, { replyMs: 900 });
  await placed(teamId, 2, { replyMs: 900, heardReplyMs: 2_000, flags: ['loop'] });
  await placed(teamId, 3, { status: 'failed' });
  await placed(teamId, 23.9, { version: null });
  await placed(teamId, 25, { replyMs: 400 });
  await placed(teamId, 0, { status: 'live' });
  await placed(newId('evt'), 1);
  const figures = await homeFigures(teamId, now);
  const today = figures.days.at(-1);
  expect(today).toMatchObject({ calls: 5, failed: 1, flagged: 1, slow: 1, p50Ms: 1_450 });
  expect(figures.days.at(-2)).toMatchObject({ calls: 1, p95Ms: 400 });
  expect(figures.days).toHaveLength(14);
  expect(figures.running).toBe(1);
  expect(figures.versions).toMatchObject([
    { version: 1, calls: 5, failed: 1, flagged: 1 },
    { version: null, calls: 1 },
  ]);
  const listed = async (filter: Partial<Parameters<typeof listCalls>[1]>) =>
    (await listCalls(teamId, { since: 'day', limit: 50, ...filter }, now)).items.length;
  expect(await listed({})).toBe(today?.calls);
  expect(await listed({ status: 'failed' })).toBe(today?.failed);
  expect(await listed({ flag: 'any' })).toBe(today?.flagged);
  expect(await listed({ replyOverMs: 1_500 })).toBe(today?.slow);
});

test('tools are ranked by how slow they are and by how often they fail, in calls only', async () => {
  const teamId = newId('evt');
  const serverId = newId('srv');
  await forTeam(teamId, async (tx) => {
    await tx.insert(mcpServers).values({
      id: serverId,
      teamId,
      name: 'Shop',
      transport: 'streamable-http',
      url: 'https://shop.example',
      auth: { type: 'none' },
      phase: 'live',
      toolsFilter: [],
    });
    const run = { teamId, serverId, source: 'call' as const, ok: true, ms: 10, rawChars: 1, shapedChars: 1 };
    await tx.insert(toolRuns).values([
      { ...run, id: newId('run'), tool: 'quick' },
      { ...run, id: newId('run'), tool: 'quick', ok: false },
      { ...run, id: newId('run'), tool: 'slow', ms: 900 },
      { ...run, id: newId('run'), tool: 'tried', source: 'inspector', ms: 9_000, ok: false },
    ]);
  });
  await placed(teamId, 1, { tools: ['quick', 'slow'], failedTools: ['quick'], toolFailures: 1 });
  await placed(teamId, 2, { tools: ['quick'] });
  await placed(teamId, 24 * 8, { tools: ['quick'], failedTools: ['quick'], toolFailures: 1 });
  const { slowest, failing } = await homeFigures(teamId, now);
  expect(slowest).toMatchObject([
    { tool: 'slow', calls: 1, failedCalls: 0 },
    { tool: 'quick', calls: 2, failedCalls: 1 },
  ]);
  const ran = { runs: 2, failures: 1, calls: 2, failedCalls: 1, p95Ms: 10 };
  expect(failing).toEqual([{ serverId, serverName: 'Shop', tool: 'quick', ...ran }]);
  const listed = async (filter: Partial<Parameters<typeof listCalls>[1]>) =>
    (await listCalls(teamId, { since: 'week', limit: 50, ...filter }, now)).items.length;
  expect(await listed({ tool: 'quick' })).toBe(2);
  expect(await listed({ failedTool: 'quick' })).toBe(1);
});
