import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openSheetStore } from '#src/demo/sheet/store.ts';
import { sheetServer } from '#src/demo/sheet/tools.ts';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { AfterCallPlan } from '#src/lib/mcp/after-call-plan.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { listAfterCallRuns } from '#src/server/after-call/read-runs.ts';
import { runAfterCall } from '#src/server/after-call/run-after-call.ts';
import { giveUpOldRuns, mostAttempts } from '#src/server/after-call/run-state.ts';
import { appendCallEvent, readAllEvents, setClock } from '#src/server/calls/event-log.ts';
import { finishCall } from '#src/server/calls/finish-call.ts';
import { freezeCall } from '#src/server/calls/freeze-call.ts';
import { closeConnection, connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { afterCallRuns, calls, organization } from '#src/server/db/schema.ts';
import { listFollowUps } from '#src/server/follow-ups/follow-ups.ts';
import { startBoss } from '#src/server/jobs/boss.ts';
import { setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer, updateServer } from '#src/server/mcp/save-server.ts';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';

const team = 'team-after-call';
const key = 'key-of-the-sheet-4711';
const file = path.join(mkdtempSync(path.join(tmpdir(), 'after-call-')), 'calls.csv');
const store = openSheetStore(file);
const plan: AfterCallPlan = {
  tool: 'append_row',
  arguments: {
    date: { from: 'startedAt' },
    caller: { from: 'caller' },
    assistant: { from: 'assistant' },
    summary: { from: 'summary' },
    duration: { from: 'durationSeconds' },
  },
};
let sheet: Listening;
let serverId = '';
/** What goes wrong with requests that call a tool. */
let fault: 'none' | 'away' | 'drops-after' | 'refuses' = 'none';
let toolCalls = 0;

beforeAll(async () => {
  await connection().db.insert(organization).values({ id: team, name: 'After', slug: team, createdAt: new Date() });
  const handle = toNodeHandler(createMcpHandler(() => sheetServer(store)));
  sheet = await listenOn(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (fault === 'away') return void response.writeHead(503).end();
    if (request.headers['x-api-key'] !== key) return void response.writeHead(401).end();
    if (body.includes('"tools/call"')) {
      toolCalls++;
      if (fault === 'refuses')
        return void response.writeHead(200, { 'content-type': 'application/json' }).end(
          JSON.stringify({
            jsonrpc: '2.0',
            id: JSON.parse(body).id,
            result: { resultType: 'complete', isError: true, content: [{ type: 'text', text: `No, ${key} is full.` }] },
          }),
        );
      if (fault === 'drops-after') {
        await store.append({ date: 'd', caller: 'c', assistant: 'a', summary: 's', duration: 1 });
        return void response.destroy();
      }
    }
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    await handle(request, response, JSON.parse(body || 'null'));
  });
  const auth = { type: 'api-key', in: 'header', name: 'x-api-key', key } as const;
  const input = { name: 'Sheet log', url: `${sheet.origin}/mcp`, auth, phase: 'after-call', afterCall: plan } as const;
  serverId = (await createServer(team, input)).id;
  await runHandshake(team, serverId);
  await setToolPolicy(team, serverId, 'append_row', { ...newToolPolicy, allowed: true });
});
beforeEach(() => {
  fault = 'none';
  toolCalls = 0;
});
afterAll(async () => {
  await sheet?.close();
  await closeConnection();
});

/** A call that took place and in which an order was made. */
async function liveCall(): Promise<string> {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Luigi', tools: [{ serverId, tools: ['append_row'] }] });
  await forTeam(team, async (tx) => {
    const frozen = await freezeCall(tx, { assistantId: 'asst_x', version: null, config });
    await tx.insert(calls).values({
      id,
      teamId: team,
      assistantId: 'asst_x',
      assistantName: 'Luigi',
      frozen,
      room: id,
      status: 'placed',
      callerKind: 'member',
      callerName: 'Mara',
    });
  });
  await setClock(team, id, new Date('2026-01-02T10:00:00Z'));
  const names = { serverId: 'srv_pos', serverName: 'POS', tool: 'place_order' };
  const started = { ...names, arguments: { item: 'margherita', quantity: 2 }, effect: 'write' as const };
  const said = { ms: 20, answer: 'A-2047', content: [] };
  for (const [toolCallId, more] of [
    ['t1', {}],
    ['t2', { repeatOf: 't1' }],
  ] as const) {
    await appendCallEvent(team, id, {
      id: `${toolCallId}-a`,
      type: 'tool-started',
      at: 5,
      toolCallId,
      data: { ...started, ...more },
    });
    await appendCallEvent(team, id, {
      id: `${toolCallId}-b`,
      type: 'tool-succeeded',
      at: 9,
      toolCallId,
      data: { ...names, ...said },
    });
  }
  return id;
}
async function endedCall(): Promise<{ callId: string; job: { teamId: string; runId: string } }> {
  const callId = await liveCall();
  await finishCall(team, callId, { status: 'ended', reason: 'caller-hung-up' }, new Date('2026-01-02T10:01:01Z'));
  const [run] = await listAfterCallRuns(team, callId);
  return { callId, job: { teamId: team, runId: run?.id ?? '' } };
}
const rows = () => readFileSync(file, 'utf8').split('\r\n').slice(1, -1);

test('a call that ends is told, once, to the server that runs after it; ending never waits for it [V14] [V15] [X7]', async () => {
  const { callId, job } = await endedCall();
  expect(await listAfterCallRuns(team, callId)).toMatchObject([
    { serverName: 'Sheet log', tool: 'append_row', state: 'waiting', attempts: 0 },
  ]);
  expect(toolCalls).toBe(0);
  await Promise.all([runAfterCall(job), runAfterCall(job)]);
  await runAfterCall(job);
  await finishCall(team, callId, { status: 'ended', reason: 'silence' });
  expect(toolCalls).toBe(1);
  expect(rows().at(-1)).toBe(
    '"2026-01-02T10:00:00.000Z","Mara","Luigi","place_order on POS was done: margherita, 2 → A-2047.","61"',
  );
  const runs = await listAfterCallRuns(team, callId);
  expect(runs).toMatchObject([{ state: 'done', error: null }]);
  expect(runs[0]?.settledAt).not.toBeNull();
  await expect(listAfterCallRuns('team-other', callId)).rejects.toMatchObject({ code: 'not-found' });
  await runAfterCall({ ...job, teamId: 'team-other' });
  expect(toolCalls).toBe(1);
});

test('a write that got no answer is not sent again, and is told as that [V15]', async () => {
  const { callId, job } = await endedCall();
  fault = 'drops-after';
  await runAfterCall(job);
  fault = 'none';
  await runAfterCall(job);
  expect(toolCalls).toBe(1);
  expect(await listAfterCallRuns(team, callId)).toMatchObject([
    { state: 'failed', error: expect.stringContaining('not sent again') },
  ]);
});

test('a server that is away is tried again while nothing was sent, then given up [V15]', async () => {
  const { callId, job } = await endedCall();
  fault = 'away';
  await expect(runAfterCall(job)).rejects.toMatchObject({ name: 'AppError' });
  expect(await listAfterCallRuns(team, callId)).toMatchObject([{ state: 'waiting', attempts: 1 }]);
  fault = 'none';
  await runAfterCall(job);
  expect(await listAfterCallRuns(team, callId)).toMatchObject([{ state: 'done', attempts: 2, error: null }]);

  const other = await endedCall();
  fault = 'away';
  for (let i = 1; i < mostAttempts; i++) await expect(runAfterCall(other.job)).rejects.toThrow();
  await runAfterCall(other.job);
  expect(await listAfterCallRuns(team, other.callId)).toMatchObject([{ state: 'failed', attempts: mostAttempts }]);
  // Now a person has to do it; who was told needs nobody.
  expect((await listFollowUps(team, { callId, limit: 10 })).items).toEqual([]);
  const [left] = (await listFollowUps(team, { callId: other.callId, limit: 10 })).items;
  expect(left).toMatchObject({ reason: 'after-call-failed', tool: 'append_row', doneAt: null });
  const ended = (await readAllEvents(team, other.callId)).find((event) => event.type === 'call-ended');
  expect(left?.callAtMs).toBe(ended?.at);
});

test('what the tool refuses is shown in its words, without our key', async () => {
  const { callId, job } = await endedCall();
  fault = 'refuses';
  await runAfterCall(job);
  const [run] = await listAfterCallRuns(team, callId);
  expect(run).toMatchObject({ state: 'failed', error: 'The tool answered with an error. No, [hidden] is full.' });
});

test('a process that dies while it sends leaves the truth behind, and nobody sends again', async () => {
  const { callId, job } = await endedCall();
  await forTeam(team, (tx) =>
    tx.update(afterCallRuns).set({ state: 'failed', error: 'sent' }).where(eq(afterCallRuns.id, job.runId)),
  );
  await runAfterCall(job);
  expect(toolCalls).toBe(0);
  expect(await listAfterCallRuns(team, callId)).toMatchObject([{ state: 'failed', settledAt: null }]);
  const sweep = (ms: number) => forTeam(team, (tx) => giveUpOldRuns(tx, team, new Date(Date.now() + ms)));
  const left = async () => (await listFollowUps(team, { callId, limit: 10 })).items;
  await sweep(60_000);
  expect(await left()).toEqual([]);
  await sweep(2 * 3_600_000);
  await sweep(2 * 3_600_000);
  expect(await left()).toMatchObject([{ reason: 'after-call-failed', note: 'sent' }]);
});

test('the call has its own copy of the plan; arguments that do not fit and a missing plan are told [V15]', async () => {
  const started = await liveCall();
  await updateServer(team, serverId, { afterCall: { tool: 'append_row', arguments: { date: { text: 'x' } } } });
  const unfit = await endedCall();
  await finishCall(team, started, { status: 'failed', code: 'worker-lost', message: 'Lost.' });
  await updateServer(team, serverId, { afterCall: null });
  const none = await endedCall();
  expect(await listAfterCallRuns(team, none.callId)).toMatchObject([
    { state: 'failed', error: expect.stringContaining('No tool is chosen') },
  ]);
  await updateServer(team, serverId, { afterCall: plan });
  await runAfterCall(unfit.job);
  expect(await listAfterCallRuns(team, unfit.callId)).toMatchObject([
    { state: 'failed', error: expect.stringContaining('caller is missing') },
  ]);
  expect(toolCalls).toBe(0);
  const [run] = await listAfterCallRuns(team, started);
  await runAfterCall({ teamId: team, runId: run?.id ?? '' });
  expect(toolCalls).toBe(1);
});

test('a tool that is not as it was allowed is not called [B6]', async () => {
  const { callId, job } = await endedCall();
  await forTeam(team, async (tx) => {
    const [call] = await tx.select().from(calls).where(eq(calls.id, callId));
    if (!call) throw new Error('no call');
    const servers = call.frozen.servers.map((server) => ({
      ...server,
      tools: server.tools.map((tool) => ({ ...tool, hash: 'of-another-definition' })),
    }));
    await tx
      .update(calls)
      .set({ frozen: { ...call.frozen, servers } })
      .where(eq(calls.id, callId));
  });
  await runAfterCall(job);
  expect(toolCalls).toBe(0);
  expect(await listAfterCallRuns(team, callId)).toMatchObject([
    { state: 'failed', error: expect.stringContaining('not as it was allowed') },
  ]);
});

test('a tool that was not allowed when the call was placed is not called, and the call shows it [V15]', async () => {
  await setToolPolicy(team, serverId, 'append_row', { ...newToolPolicy, allowed: false });
  const { callId, job } = await endedCall();
  await setToolPolicy(team, serverId, 'append_row', { ...newToolPolicy, allowed: true });
  await runAfterCall(job);
  expect(toolCalls).toBe(0);
  expect(await listAfterCallRuns(team, callId)).toMatchObject([
    { state: 'failed', error: expect.stringContaining('was not allowed') },
  ]);
});

test('the jobs process hears of an ended call by itself [X7]', async () => {
  const boss = await startBoss();
  const { callId } = await endedCall();
  try {
    for (let i = 0; i < 200; i++) {
      if ((await listAfterCallRuns(team, callId))[0]?.state === 'done') break;
      await sleep(50);
    }
    expect(await listAfterCallRuns(team, callId)).toMatchObject([{ state: 'done', attempts: 1 }]);
  } finally {
    await boss?.stop({ graceful: false });
  }
});
