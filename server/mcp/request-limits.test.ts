import { afterAll, expect, test } from 'vitest';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { takeRequestSlot } from '#src/server/mcp/request-limits.ts';
import { recordToolRun } from '#src/server/mcp/tool-runs.ts';

afterAll(closeConnection);
const team = 'team-limits';
const server = (id: string, limits: Partial<typeof defaultLimits>) => ({ id, limits: { ...defaultLimits, ...limits } });

test('a server gets no more requests in a minute than its limit, and those under way count [K6]', async () => {
  const till = server('srv_limits_1', { perMinute: 3 });
  const run = {
    serverId: till.id,
    tool: 'count',
    source: 'call',
    ok: true,
    ms: 5,
    rawChars: 1,
    shapedChars: 1,
  } as const;
  await recordToolRun(team, run);
  await recordToolRun('team-other', run);
  const done = await takeRequestSlot(team, till);
  await takeRequestSlot(team, till);
  await expect(takeRequestSlot(team, till)).rejects.toMatchObject({ code: 'rate-limited', retryable: true });
  done();
  await takeRequestSlot(team, till);
});

test('no more requests at once than the limit: the next one waits for a place, not for ever [K6]', async () => {
  const till = server('srv_limits_2', { concurrent: 2 });
  const first = await takeRequestSlot(team, till);
  const second = await takeRequestSlot(team, till);
  await expect(takeRequestSlot(team, till)).rejects.toMatchObject({ code: 'server-busy' });
  const third = takeRequestSlot(team, till);
  first();
  (await third)();
  second();
  const again = await Promise.all([takeRequestSlot(team, till), takeRequestSlot(team, till)]);
  for (const giveBack of again) giveBack();
});
