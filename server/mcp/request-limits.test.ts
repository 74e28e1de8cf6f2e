import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { defaultLimits } from '#src/lib/mcp/mcp-server.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { takeRequestSlot } from '#src/server/mcp/request-limits.ts';
import { measureTools, recordToolRun } from '#src/server/mcp/tool-runs.ts';

afterAll(closeConnection);
const team = 'team-limits';
const server = (id: string, limits: Partial<typeof defaultLimits>) => ({ id, limits: { ...defaultLimits, ...limits } });

test('a server gets no more requests in a minute than its limit; those by hand count, those of other teams do not [K6] [V6]', async () => {
  const till = server('srv_limits_1', { perMinute: 3 });
  const run = { serverId: till.id, tool: 'count', ok: true, ms: 5, rawChars: 1, shapedChars: 1 } as const;
  await recordToolRun(team, { ...run, source: 'inspector' });
  await recordToolRun('team-other', { ...run, source: 'inspector' });
  const done = await takeRequestSlot(team, till);
  done();
  // Its run does not count once more.
  await recordToolRun(team, { ...run, source: 'call' });
  await takeRequestSlot(team, till);
  await expect(takeRequestSlot(team, till)).rejects.toMatchObject({ code: 'rate-limited', retryable: true });
  await expect(takeRequestSlot('team-other', till)).resolves.toBeTypeOf('function');
  const aMinute = sql`update tool_runs set at = at - interval '61 seconds'`;
  await forTeam(team, (tx) => tx.execute(aMinute));
  for (let i = 0; i < 3; i++) await takeRequestSlot(team, till);
  await expect(takeRequestSlot(team, till)).rejects.toMatchObject({ code: 'rate-limited' });
  expect((await measureTools(team, till.id)).get('count')).toMatchObject({ runs: 2 });
  expect([...(await measureTools(team, till.id)).keys()]).toEqual(['count']);
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

/** Another process that takes so many places at once, tells how each went, and holds what it got until it is killed. */
async function otherProcess(till: ReturnType<typeof server>, count: number) {
  const child = spawn(
    process.execPath,
    [`${import.meta.dirname}/testing/take-slots.ts`, JSON.stringify({ team, till, count })],
    {
      env: process.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  const gone = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  return { outcomes: z.array(z.string()).parse(JSON.parse(String(line))), kill };
}
const countOf = (outcomes: readonly string[], code: string) => outcomes.filter((one) => one === code).length;

test('a burst from two processes at once gets no more of the minute than the limit [K6]', async () => {
  const till = server('srv_limits_3', { perMinute: 7 });
  const both = await Promise.all([otherProcess(till, 10), otherProcess(till, 10)]);
  const outcomes = both.flatMap((one) => one.outcomes);
  await Promise.all(both.map(({ kill }) => kill()));
  expect([countOf(outcomes, 'taken'), countOf(outcomes, 'rate-limited')]).toEqual([7, 13]);
  await expect(takeRequestSlot(team, till)).rejects.toMatchObject({ code: 'rate-limited' });
}, 60_000);

test('places are shared by two processes, and one that is killed holds none [K6]', async () => {
  const till = server('srv_limits_4', { concurrent: 3 });
  const both = await Promise.all([otherProcess(till, 3), otherProcess(till, 3)]);
  const outcomes = both.flatMap((one) => one.outcomes);
  expect([countOf(outcomes, 'taken'), countOf(outcomes, 'server-busy')]).toEqual([3, 3]);
  await expect(takeRequestSlot(team, till)).rejects.toMatchObject({ code: 'server-busy' });
  await Promise.all(both.map(({ kill }) => kill()));
  await expect
    .poll(async () => {
      const again = await Promise.allSettled([1, 2, 3].map(() => takeRequestSlot(team, till)));
      for (const one of again) if (one.status === 'fulfilled') one.value();
      return again.map(({ status }) => status);
    })
    .toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
}, 60_000);
