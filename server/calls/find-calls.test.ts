import { afterAll, beforeAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { callFilterOf } from '#src/lib/calls/call-filter.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import { momentHref } from '#src/lib/calls/found-moment.ts';
import { SampleLog } from '#src/lib/flags/testing/sample-log.ts';
import { callsCsv } from '#src/server/calls/calls-csv.ts';
import { appendCallEvent } from '#src/server/calls/event-log.ts';
import { foldCall, foldMissing } from '#src/server/calls/fold-call.ts';
import { countCalls, listCalls, readCall } from '#src/server/calls/read-calls.ts';
import { deleteView, listViews, renameView, restoreView, saveView } from '#src/server/calls/saved-views.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { callLabels, calls, callTexts } from '#src/server/db/schema.ts';

afterAll(closeConnection);

const team = newId('evt');
const other = newId('evt');
const now = new Date('2026-03-01T12:00:00Z');
let placed = 0;

/** A call that is over, a minute before the one that was made last. */
async function overCall(
  log: CallEvent[],
  row: Partial<typeof calls.$inferInsert> = {},
  teamId = team,
): Promise<string> {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Luigi' });
  const placedAt = new Date(now.getTime() - ++placed * 60_000);
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id,
      teamId,
      assistantId: 'asst_luigi',
      assistantName: 'Luigi',
      version: 2,
      frozen: { assistantId: 'asst_luigi', version: 2, config, servers: [], providers: [] },
      room: id,
      status: 'ended',
      endedReason: 'caller-hung-up',
      callerKind: 'member',
      callerName: 'Ada',
      placedAt,
      clockStart: placedAt,
      endedAt: now,
      ...row,
    }),
  );
  for (const { seq, ...event } of log) await appendCallEvent(teamId, id, { ...event, id: `evt-${seq}` });
  if (log.length > 0) await foldCall(teamId, id, log, callView(log));
  return id;
}

let booked = '';
let broken = '';
let quiet = '';
beforeAll(async () => {
  booked = await overCall(
    new SampleLog()
      .caller('a table for four on friday please')
      .tool('book_table', 'write', 'succeeded', { code: 'ZX81' }, { guests: 4, note: 'near the window' })
      .agent('Your table is booked.', 'answer', 900)
      .hungUp(),
  );
  broken = await overCall(
    new SampleLog()
      .caller('how many funghi pizzas are left')
      .tool('check_stock', 'read', 'failed')
      .agent('I could not look that up.', 'answer', 2_400)
      .hungUp(),
    { flags: ['left-without-help'], heardReplyMs: 3_000, version: null, callerName: 'Grace', callerKind: 'synthetic' },
  );
  quiet = await overCall(new SampleLog().hungUp(), { endedReason: 'silence' });
  await forTeam(team, (tx) => tx.insert(callLabels).values({ callId: quiet, label: 'later', teamId: team }));
  await overCall(new SampleLog().caller('funghi of another team').hungUp(), {}, other);
});

const ids = async (query: Record<string, string>) =>
  (await listCalls(team, { ...callFilterOf(query), limit: 50 }, now)).items.map(({ id }) => id);

test('what happened in a call is folded into its row, as often as one likes [C9]', async () => {
  expect(await readCall(team, booked)).toMatchObject({
    tools: ['book_table'],
    failedTools: [],
    writesDone: 1,
    replyMs: 900,
    heardReplyMs: null,
  });
  expect(await readCall(team, broken)).toMatchObject({ failedTools: ['check_stock'], writesDone: 0, replyMs: 2_400 });
  expect((await readCall(team, quiet)).durationMs).toBeGreaterThan(0);
});

test('each filter finds its calls, and no other [C9]', async () => {
  expect(await ids({})).toEqual([booked, broken, quiet]);
  expect(await ids({ tool: 'book_table' })).toEqual([booked]);
  expect(await ids({ failedTool: 'check_stock' })).toEqual([broken]);
  expect(await ids({ failedTool: 'any' })).toEqual([broken]);
  expect(await ids({ wrote: 'true' })).toEqual([booked]);
  expect(await ids({ flag: 'any' })).toEqual([broken]);
  expect(await ids({ flag: 'dead-air' })).toEqual([]);
  expect(await ids({ broken: 'true' })).toEqual([broken]);
  expect(await ids({ version: 'draft' })).toEqual([broken]);
  expect(await ids({ version: '2' })).toEqual([booked, quiet]);
  expect(await ids({ caller: 'GRA' })).toEqual([broken]);
  expect(await ids({ callerKind: 'member' })).toEqual([booked, quiet]);
  expect(await ids({ endedReason: 'silence' })).toEqual([quiet]);
  expect(await ids({ label: 'later' })).toEqual([quiet]);
  expect(await ids({ replyOverMs: '2500' })).toEqual([broken]);
  expect(await ids({ replyOverMs: '800' })).toEqual([booked, broken]);
  expect(await ids({ maxMs: '3000' })).toEqual([quiet]);
  expect(await ids({ minMs: '3000' })).toEqual([booked, broken]);
  expect(await ids({ since: 'hour' })).toHaveLength(3);
  expect(await ids({ to: new Date(now.getTime() - 90_000).toISOString() })).toEqual([broken, quiet]);
  expect(await ids({ from: new Date(now.getTime() - 90_000).toISOString() })).toEqual([booked]);
  expect(await ids({ status: 'never', version: 'x', since: 'ever' }), 'what is not valid is left out').toHaveLength(3);
});

test('words are found wherever they were said, with the moment, in any order and by their beginning [C9]', async () => {
  expect(await ids({ q: 'funghi' })).toEqual([broken]);
  expect(await ids({ q: 'fung' })).toEqual([broken]);
  expect(await ids({ q: 'window table' }), 'of different turns').toEqual([booked]);
  expect(await ids({ q: '"table for four"' })).toEqual([booked]);
  expect(await ids({ q: '"four for table"' })).toEqual([]);
  expect(await ids({ q: 'table -friday' })).toEqual([]);
  expect(await ids({ q: 'zx81' }), 'the answer of a tool').toEqual([booked]);
  expect(await ids({ q: 'funghi or friday' })).toEqual([booked, broken]);
  expect(await ids({ q: 'table', failedTool: 'any' })).toEqual([]);
  for (const odd of [`'`, `\\`, '"', '!&|():*', '<->', '-', `a:* & b`, '\ud800', '%_'])
    expect(Array.isArray(await ids({ q: odd })), odd).toBe(true);
  const { items } = await listCalls(team, { q: 'window', limit: 9 }, now);
  expect(items[0]?.moment).toMatchObject({ kind: 'tool', item: 'call-2' });
  expect(items[0]?.moment?.parts).toContainEqual({ text: 'window', marked: true });
  const said = (await listCalls(team, { q: 'funghi', limit: 9 }, now)).items[0];
  expect(said?.moment?.kind).toBe('caller');
  expect(momentHref(broken, said?.moment ?? { at: null, item: '' })).toMatch(/\?t=\d+\.\d&item=turn-\d+$/);
});

test('words that are deleted are not found any more [C9]', async () => {
  const gone = await overCall(new SampleLog().caller('my number is quattordici').hungUp());
  expect(await ids({ q: 'quattordici' })).toEqual([gone]);
  await forTeam(team, (tx) => tx.delete(callTexts));
  expect(await ids({ q: 'quattordici' })).toEqual([]);
  await forTeam(team, (tx) => tx.delete(calls));
});

test('pages neither repeat nor lose a call, also when new ones come and many are of one moment [C9]', async () => {
  const at = new Date(now.getTime() - 3_600_000);
  const all = new Set<string>();
  for (let i = 0; i < 7; i++) all.add(await overCall([], { placedAt: at }));
  const seen: string[] = [];
  for (let before: string | undefined; ; ) {
    const { items, next } = await listCalls(team, { before, limit: 2 }, now);
    seen.push(...items.map(({ id }) => id));
    await overCall([], { placedAt: new Date(now.getTime() + seen.length) });
    if (next === null) break;
    before = next;
  }
  expect(seen).toHaveLength(7);
  expect(new Set(seen)).toEqual(all);
  expect(await countCalls(team, {}, now)).toEqual({ count: 11, more: false });
});

test('calls of before are made findable, and one that cannot be read is not tried for ever', async () => {
  const old = await overCall([], { clockStart: new Date(now.getTime() - 5_000), endedAt: now });
  expect(await foldMissing(team, 500)).toBeGreaterThan(0);
  expect((await readCall(team, old)).durationMs).not.toBeNull();
  expect(await foldMissing(team, 500)).toBe(0);
});

test('the list as CSV has every call and no formula', async () => {
  const mine = newId('evt');
  for (let i = 0; i < 3; i++) await overCall([], { callerName: '=cmd("x"),1' }, mine);
  const text = await new Response(callsCsv(mine, {})).text();
  expect(text.trim().split('\r\n')).toHaveLength(4);
  expect(text).toContain(`,"'=cmd(""x""),1",`);
});

test('a view is kept, renamed, deleted and brought back; names are taken once a team', async () => {
  const actor = { teamId: team, role: 'reviewer', name: 'Rita', userId: null } as const;
  const view = await saveView(actor, { name: ' Broken ', query: 'broken=true&nonsense=1&version=x' });
  expect(view).toMatchObject({ name: 'Broken', query: 'broken=true' });
  await expect(saveView(actor, { name: 'Broken', query: '' })).rejects.toMatchObject({ code: 'name-taken' });
  await expect(renameView({ ...actor, teamId: other }, view.id, 'Mine')).rejects.toMatchObject({ code: 'not-found' });
  expect((await renameView(actor, view.id, 'To look at')).name).toBe('To look at');
  const gone = await deleteView(actor, view.id);
  expect(await listViews(team)).toEqual([]);
  await restoreView(actor, gone);
  expect(await listViews(team)).toEqual([{ ...gone }]);
  expect(await listViews(other)).toEqual([]);
});
