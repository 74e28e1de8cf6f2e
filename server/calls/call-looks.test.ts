import { afterAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { dispatch } from '#src/server/api/dispatch.ts';
import { listLooks, noteLook } from '#src/server/calls/call-looks.ts';
import { appendCallEvent } from '#src/server/calls/event-log.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls } from '#src/server/db/schema.ts';
import { createApiToken } from '#src/server/teams/api-tokens.ts';

afterAll(closeConnection);
const teamId = 'team-looks';
const ada = { teamId, role: 'reviewer' as const, name: 'Ada', userId: 'user-ada' };
const minuteMs = 60_000;

async function newCall(): Promise<string> {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Test' });
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id,
      teamId,
      assistantId: 'asst_x',
      assistantName: 'Test',
      frozen: { assistantId: 'asst_x', version: null, config, servers: [], providers: [] },
      room: id,
      status: 'ended',
      callerKind: 'member',
      callerName: 'Ada',
    }),
  );
  await appendCallEvent(teamId, id, { id: newId('evt'), type: 'call-started', at: 0, data: {} });
  return id;
}

test('who looked at a call is known: a page once in ten minutes, each export [V11]', async () => {
  const call = await newCall();
  const began = new Date('2026-11-21T10:00:00Z');
  const after = (minutes: number) => new Date(began.getTime() + minutes * minuteMs);
  await Promise.all([1, 2, 3].map(() => noteLook(ada, call, 'page', began)));
  await noteLook(ada, call, 'page', after(9));
  await noteLook(ada, call, 'page', after(11));
  await noteLook({ ...ada, userId: 'user-bob', name: 'Bob' }, call, 'page', after(12));
  for (const minutes of [13, 13]) await noteLook(ada, call, 'export', after(minutes));
  expect(await listLooks(teamId, call)).toEqual([
    { name: 'Ada', program: false, link: false, what: 'export', times: 2, lastAt: after(13).toISOString() },
    { name: 'Bob', program: false, link: false, what: 'page', times: 1, lastAt: after(12).toISOString() },
    { name: 'Ada', program: false, link: false, what: 'page', times: 2, lastAt: after(11).toISOString() },
  ]);
});

test('an export over the API is a look of its token; another team learns nothing [V6] [V11]', async () => {
  const call = await newCall();
  const { token } = await createApiToken({ ...ada, role: 'owner' }, { name: 'nightly', role: 'reviewer' });
  const ask = (path: string) =>
    dispatch(
      new Request(`http://localhost/api/v1/calls/${call}/${path}`, { headers: { authorization: `Bearer ${token}` } }),
    );
  expect((await ask('export?format=json')).status).toBe(200);
  expect((await ask('recording')).status).toBe(404);
  expect(await (await ask('looks')).json()).toMatchObject({
    items: [{ name: 'nightly', program: true, what: 'export', times: 1 }],
  });
  await expect(listLooks('team-other', call)).rejects.toMatchObject({ code: 'not-found' });
  await expect(noteLook({ ...ada, teamId: 'team-other' }, call, 'page')).rejects.toMatchObject({ code: 'not-found' });
});
