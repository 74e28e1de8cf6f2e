import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { listAfterCallRuns } from '#src/server/after-call/read-runs.ts';
import { runAfterCall } from '#src/server/after-call/run-after-call.ts';
import { refreshDemoAddresses } from '#src/server/assistants/demo-addresses.ts';
import { resetDemo, seedDemo } from '#src/server/assistants/seed-demo.ts';
import { setClock } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { freezeCall } from '#src/server/calls/freeze-call.ts';
import { closeConnection, connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { assistants, calls, mcpServers, organization } from '#src/server/db/schema.ts';
import { listServers } from '#src/server/mcp/list-servers.ts';
import { type Child, keepRunning } from '#src/server/supervisor/child.ts';
import { demoPart } from '#src/server/supervisor/parts.ts';
import { pickPort } from '#src/server/supervisor/ports.ts';
import { waitForHttp } from '#src/server/supervisor/wait-for.ts';

const team = 'team-seed-demo';
const key = 'key-of-the-demo';
const home = mkdtempSync(path.join(tmpdir(), 'seed-demo-'));
const file = path.join(home, 'sheet/calls.csv');
const children: Child[] = [];
let sheetUrl = '';

beforeAll(async () => {
  const taken = new Set<number>();
  for (const name of ['pos', 'bookings', 'sheet'] as const) {
    const port = await pickPort({ part: name, preferred: 7940, taken, say: () => {} });
    const demoDatabaseUrl = process.env.DEMO_DATABASE_URL ?? '';
    const child = keepRunning(demoPart(name, port, { env: process.env, demoDatabaseUrl, home, key }), {
      log: () => {},
      onChange: () => {},
    });
    children.push(child);
    await waitForHttp(`http://127.0.0.1:${port}/health`, child, { limitMs: 30_000, stopping: () => false });
    process.env[`PATCHBAY_DEMO_${name.toUpperCase()}_URL`] = `http://127.0.0.1:${port}/mcp`;
    sheetUrl = `http://127.0.0.1:${port}/mcp`;
  }
  process.env.PATCHBAY_DEMO_KEY = key;
  await connection().db.insert(organization).values({ id: team, name: 'Demo', slug: team, createdAt: new Date() });
  await seedDemo(team);
});
afterAll(async () => {
  await Promise.all(children.map((child) => child.stop()));
  await closeConnection();
});

/** A call with Luigi that is over; answers the rows of the sheet. */
async function endedCall(): Promise<string[]> {
  const callId = newId('call');
  await forTeam(team, async (tx) => {
    const [luigi] = (await tx.select().from(assistants)).filter((one) => one.deletedAt === null);
    const config = assistantConfigSchema.parse(luigi?.draft);
    const frozen = await freezeCall(tx, { assistantId: luigi?.id ?? '', version: null, config });
    await tx.insert(calls).values({
      id: callId,
      teamId: team,
      assistantId: luigi?.id ?? '',
      assistantName: 'Luigi',
      frozen,
      room: callId,
      status: 'placed',
      callerKind: 'member',
      callerName: '+39 06 1234',
    });
  });
  await setClock(team, callId, new Date('2026-01-02T10:00:00Z'));
  await finishCall(team, callId, { status: 'ended', reason: 'agent-ended' }, new Date('2026-01-02T10:00:40Z'));
  for (const run of await listAfterCallRuns(team, callId)) await runAfterCall({ teamId: team, runId: run.id });
  expect(await listAfterCallRuns(team, callId)).toMatchObject([{ serverName: 'Sheet log', state: 'done' }]);
  return readFileSync(file, 'utf8').split('\r\n').slice(1, -1);
}

test('the demo has two servers for the call and a sheet for after it, which Luigi fills [V14] [V15]', async () => {
  expect((await listServers(team)).map(({ name, phase, state }) => [name, phase, state])).toEqual([
    ['POS · Trattoria', 'live', 'passed'],
    ['Bookings', 'live', 'passed'],
    ['Sheet log', 'after-call', 'passed'],
  ]);
  expect((await fetch(sheetUrl, { method: 'POST', body: '{}' })).status).toBe(401);
  const row = `"2026-01-02T10:00:00.000Z","'+39 06 1234","Luigi","Nothing was changed.","40"`;
  expect(await endedCall()).toEqual([row]);
  expect(await endedCall()).toEqual([row, row]);
});

test('after a start on other ports each demo server gets its own address', async () => {
  const before = (await listServers(team)).map(({ url }) => url);
  await forTeam(team, (tx) =>
    tx.update(mcpServers).set({ url: 'http://127.0.0.1:9/mcp' }).where(eq(mcpServers.demo, true)),
  );
  await refreshDemoAddresses(team);
  expect((await listServers(team)).map(({ url }) => url)).toEqual(before);
});

test('bringing the demo back empties the sheet and makes its server anew', async () => {
  await resetDemo(team);
  expect(existsSync(file)).toBe(false);
  expect((await listServers(team)).map(({ name }) => name)).toEqual(['POS · Trattoria', 'Bookings', 'Sheet log']);
  expect(await endedCall()).toHaveLength(1);
});
