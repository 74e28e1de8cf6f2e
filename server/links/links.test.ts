import { eq } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { CallStatus } from '#src/lib/calls/call.ts';
import { linkSchema } from '#src/lib/links/link.ts';
import { dispatch } from '#src/server/api/dispatch.ts';
import { listLooks } from '#src/server/calls/call-looks.ts';
import { appendCallEvent } from '#src/server/calls/event-log.ts';
import { noteRecording } from '#src/server/calls/recording/recording-rows.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { calls, links } from '#src/server/db/schema.ts';
import { openLink, revokeLink } from '#src/server/links/links.ts';
import { listShareLinks, shareCall } from '#src/server/links/share-call.ts';
import { noteShareLook, openShare } from '#src/server/links/share-opening.ts';
import { shareProblem } from '#src/server/links/share-problem.ts';
import { readSharedCall } from '#src/server/links/share-reading.ts';
import { sharedRecording, sharedWaveform } from '#src/server/links/share-recording.ts';
import { createApiToken } from '#src/server/teams/api-tokens.ts';

afterAll(closeConnection);
const teamId = 'team-links';
const ada = { teamId, role: 'builder' as const, name: 'Ada', userId: 'user-ada' };
const stranger = { ...ada, teamId: 'team-links-other' };
const week = { name: 'Tax office', hours: 168, options: { recording: true, payloads: false } };

async function newCall(status: CallStatus = 'ended'): Promise<string> {
  const id = newId('call');
  const config = assistantConfigSchema.parse({ name: 'Luigi', instructions: 'Our secret recipe' });
  await forTeam(teamId, (tx) =>
    tx.insert(calls).values({
      id,
      teamId,
      assistantId: 'asst_x',
      assistantName: 'Luigi',
      frozen: { assistantId: 'asst_x', version: null, config, servers: [], providers: [] },
      room: id,
      status,
      callerKind: 'member',
      callerName: 'Ines Costa',
      callerUserId: 'user-ines',
    }),
  );
  const write = (
    type: 'caller-joined' | 'supervisor-whispered',
    data: { name: string; synthetic: boolean; text: string },
  ) => appendCallEvent(teamId, id, { id: newId('evt'), type, at: 1, data });
  await appendCallEvent(teamId, id, { id: newId('evt'), type: 'call-started', at: 0, data: {} });
  await write('caller-joined', { name: 'Ines Costa', synthetic: false, text: '' });
  await write('supervisor-whispered', { name: 'Ada', synthetic: false, text: 'offer a drink' });
  return id;
}

const secretOf = ({ url }: { url: string }) => url.split('/').at(-1) ?? '';
const from = (address: string) => new Headers({ 'x-forwarded-for': address });

test('a link opens one call, is told once, and only its digest is stored [V6] [C9]', async () => {
  const call = await newCall();
  const made = await shareCall(ada, call, week);
  expect(made.url).toMatch(/\/share\/[\w-]{32}$/);
  const { teamId: team, link } = await openLink('call', secretOf(made));
  expect({ team, of: link.subjectId, by: link.createdBy }).toEqual({ team: teamId, of: call, by: 'Ada' });
  const listed = await listShareLinks(teamId, call);
  expect(listed.map(({ id }) => id)).toEqual([made.id]);
  const [row] = await forTeam(teamId, (tx) => tx.select().from(links).where(eq(links.id, made.id)));
  expect(row?.digest).toMatch(/^[\da-f]{64}$/);
  expect(JSON.stringify([row, listed])).not.toContain(secretOf(made));
  await expect(openLink('talk', secretOf(made))).rejects.toMatchObject({ code: 'link-unknown', status: 404 });
});

test('a link that has expired or was taken back opens nothing, and says which', async () => {
  const call = await newCall();
  const old = await shareCall(ada, call, week);
  await forTeam(teamId, (tx) =>
    tx
      .update(links)
      .set({ expiresAt: new Date(Date.now() - 1) })
      .where(eq(links.id, old.id)),
  );
  await expect(openLink('call', secretOf(old))).rejects.toMatchObject({ status: 410, message: /expired/ });
  const back = await shareCall(ada, call, week);
  await revokeLink(ada, back.id);
  await revokeLink(ada, back.id);
  await expect(openLink('call', secretOf(back))).rejects.toMatchObject({ status: 410, message: /taken back/ });
  const page = await shareProblem(`/share/${secretOf(back)}`, from('10.0.0.1'));
  expect(page?.status).toBe(410);
  expect(await page?.text()).toContain('This link was taken back.');
  expect(await shareProblem(`/share/${secretOf(await shareCall(ada, call, week))}`, from('10.0.0.1'))).toBeNull();
});

test('another team neither shares a call, nor sees its links, nor takes one back [V6]', async () => {
  const call = await newCall();
  const made = await shareCall(ada, call, week);
  await expect(shareCall(stranger, call, week)).rejects.toMatchObject({ code: 'not-found' });
  await expect(listShareLinks(stranger.teamId, call)).rejects.toMatchObject({ code: 'not-found' });
  await expect(revokeLink(stranger, made.id)).rejects.toMatchObject({ code: 'not-found' });
  await openLink('call', secretOf(made));
});

test('a call that goes on is not shared', async () => {
  await expect(shareCall(ada, await newCall('live'), week)).rejects.toMatchObject({
    code: 'call-not-over',
    status: 409,
  });
});

test('what is shared has nobody of the team in it, and no recording that the link goes without', async () => {
  const call = await newCall();
  await noteRecording(teamId, call);
  const made = await shareCall(ada, call, { ...week, options: { recording: false, payloads: false } });
  const opened = await openShare(secretOf(made), from('10.0.0.2'));
  const shared = await readSharedCall(teamId, opened.link);
  expect(shared.recording).toBeNull();
  const text = JSON.stringify(shared);
  for (const inside of ['Ines', 'Ada', 'drink', 'recipe', teamId, 'user-']) expect(text).not.toContain(inside);
  expect(text).toContain('Caller');
  const asked = new Request('http://localhost/recording');
  await expect(sharedRecording(opened, asked)).rejects.toMatchObject({ code: 'not-recorded', status: 404 });
  await expect(sharedWaveform(opened)).rejects.toMatchObject({ code: 'not-recorded', status: 404 });
});

test('who opened a link is counted once in a while, and seen by the team by the name of the link [V11]', async () => {
  const call = await newCall();
  const made = await shareCall(ada, call, week);
  for (const address of ['10.0.0.3', '10.0.0.3', '10.0.0.4']) {
    const headers = from(address);
    await noteShareLook(await openShare(secretOf(made), headers), 'page', headers);
  }
  expect((await listShareLinks(teamId, call))[0]?.uses).toBe(2);
  expect(await listLooks(teamId, call)).toMatchObject([
    { name: 'Tax office', program: false, link: true, what: 'page', times: 1 },
  ]);
});

test('an address that tries secrets is told to wait, and no other is', async () => {
  const made = await shareCall(ada, await newCall(), week);
  for (let i = 0; i < 30; i++) expect((await shareProblem(`/share/guess-${i}`, from('10.0.0.5')))?.status).toBe(404);
  expect((await shareProblem('/share/guess', from('10.0.0.5')))?.status).toBe(429);
  await expect(openShare(secretOf(made), from('10.0.0.5'))).rejects.toMatchObject({ code: 'too-many-tries' });
  await openShare(secretOf(made), from('10.0.0.6'));
});

test('over the API a link is made, listed and taken back by whoever may share [B12]', async () => {
  const call = await newCall();
  const tokens = await Promise.all(
    (['builder', 'tester'] as const).map((role) => createApiToken({ ...ada, role: 'owner' }, { name: role, role })),
  );
  const [builder = '', tester = ''] = tokens.map(({ token }) => token);
  const ask = (method: string, path: string, token: string, body?: unknown) =>
    dispatch(
      new Request(`http://localhost/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
  expect((await ask('POST', `/calls/${call}/links`, tester, {})).status).toBe(403);
  expect((await ask('POST', `/calls/${call}/links`, builder, { hours: 1_000 })).status).toBe(422);
  const made = await ask('POST', `/calls/${call}/links`, builder, { name: 'Nightly' });
  expect(made.status).toBe(201);
  const link = linkSchema.parse(await made.json());
  expect(link).toMatchObject({ name: 'Nightly', options: { recording: true, payloads: false }, createdBy: 'builder' });
  expect(await (await ask('GET', `/calls/${call}/links`, builder)).json()).toEqual({ items: [link] });
  expect((await ask('DELETE', `/links/${link.id}`, builder)).status).toBe(204);
  expect((await ask('DELETE', '/links/link_none', builder)).status).toBe(404);
});
