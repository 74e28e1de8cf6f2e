import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { newTalkLinkSchema } from '#src/lib/links/link.ts';
import {
  createAssistant,
  deleteAssistant,
  publishAssistant,
  saveDraft,
} from '#src/server/assistants/write-assistants.ts';
import { joinCall } from '#src/server/calls/control-call.ts';
import { placeCall } from '#src/server/calls/place-call.ts';
import { listCalls, readCall } from '#src/server/calls/read-calls.ts';
import { closeConnection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls, links } from '#src/server/db/schema.ts';
import { revokeLink } from '#src/server/links/links.ts';
import { endTalkCall, placeTalkCall, readTalk, rejoinTalkCall, typeInTalkCall } from '#src/server/links/talk-call.ts';
import { listTalkLinks, makeTalkLink } from '#src/server/links/talk-links.ts';
import { startLivekit } from '#src/server/links/testing/start-livekit.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { saveTeamSettings } from '#src/server/teams/team-settings.ts';

const teamId = 'team-talk';
const ines: Actor = { teamId, role: 'builder', name: 'Ines', userId: 'user-ines' };
const eve: Actor = { teamId: 'team-talk-other', role: 'owner', name: 'Eve', userId: 'user-eve' };
let assistantId = '';
let stopLivekit: () => Promise<void>;

beforeAll(async () => {
  stopLivekit = await startLivekit();
  assistantId = await published('Luigi');
});
afterAll(async () => {
  await closeConnection();
  await stopLivekit();
});

async function published(name: string): Promise<string> {
  const { id } = await createAssistant(teamId, { name });
  await publishAssistant(teamId, id, 'Ines');
  return id;
}

async function newLink(change: z.input<typeof newTalkLinkSchema> = {}, id = assistantId) {
  const link = await makeTalkLink(ines, id, newTalkLinkSchema.parse(change));
  return { id: link.id, secret: new URL(link.url).pathname.replace('/talk/', '') };
}

const change = (id: string, values: Partial<typeof links.$inferInsert>) =>
  forTeam(teamId, (tx) => tx.update(links).set(values).where(eq(links.id, id)));
const callsOf = (linkId: string) =>
  forTeam(teamId, (tx) => tx.select().from(calls).where(eq(calls.callerLinkId, linkId)));
const usesOf = async (linkId: string) =>
  (await listTalkLinks(teamId, assistantId)).find((link) => link.id === linkId)?.uses;
const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.map((result) => (result.status === 'rejected' ? result.reason.code : 'placed')).sort();

test('a guest calls the published version, and the team finds the call by that [C9]', async () => {
  const link = await newLink({ name: 'Anna' });
  await saveDraft(teamId, assistantId, assistantConfigSchema.parse({ name: 'Draft', recording: false }));
  await saveTeamSettings(teamId, { consent: 'We record this call.' });
  expect(await readTalk(link.secret)).toEqual({
    assistantName: 'Luigi',
    linkName: 'Anna',
    recorded: true,
    consent: 'We record this call.',
  });
  const placed = await placeTalkCall(link.secret);
  expect(await readCall(teamId, placed.id)).toMatchObject({
    assistantName: 'Luigi',
    version: 1,
    caller: { kind: 'guest', name: 'Guest' },
  });
  const found = await listCalls(teamId, { callerKind: 'guest', assistantId, limit: 50 });
  expect(found.items.map(({ id }) => id)).toContain(placed.id);
  await endTalkCall(link.secret, placed.id);
  expect(await readCall(teamId, placed.id)).toMatchObject({ status: 'ended', endedReason: 'caller-hung-up' });
});

test('clicks at once never pass the limits of a link', async () => {
  const busy = await newLink({ options: { calls: 20, atOnce: 2 } });
  const clicks = await Promise.allSettled(Array.from({ length: 6 }, () => placeTalkCall(busy.secret)));
  expect(codes(clicks)).toEqual(['line-busy', 'line-busy', 'line-busy', 'line-busy', 'placed', 'placed']);
  expect(await usesOf(busy.id)).toBe(2);
  // When one hangs up, the line is free again.
  const [first] = await callsOf(busy.id);
  await endTalkCall(busy.secret, first?.id ?? '');
  await placeTalkCall(busy.secret);

  const few = await newLink({ options: { calls: 3, atOnce: 10 } });
  const more = await Promise.allSettled(Array.from({ length: 6 }, () => placeTalkCall(few.secret)));
  expect(codes(more)).toEqual(['link-used-up', 'link-used-up', 'link-used-up', 'placed', 'placed', 'placed']);
  expect(await callsOf(few.id)).toHaveLength(3);
  await expect(readTalk(few.secret)).rejects.toMatchObject({ code: 'link-used-up', status: 410 });
});

test('an expired link and one that was taken back place no call; what goes on goes on', async () => {
  const [expired, revoked] = [await newLink(), await newLink()];
  const running = [await placeTalkCall(expired.secret), await placeTalkCall(revoked.secret)];
  await change(expired.id, { expiresAt: new Date(Date.now() - 1_000) });
  await revokeLink(ines, revoked.id);
  for (const [at, link] of [expired, revoked].entries()) {
    await expect(readTalk(link.secret)).rejects.toMatchObject({ code: 'link-over', status: 410 });
    await expect(placeTalkCall(link.secret)).rejects.toMatchObject({ code: 'link-over', status: 410 });
    const id = running[at]?.id ?? '';
    const back = await rejoinTalkCall(link.secret, id);
    expect(back).toMatchObject({ assistantName: 'Luigi', placed: { id, room: id } });
    await endTalkCall(link.secret, id);
    await expect(rejoinTalkCall(link.secret, id)).rejects.toMatchObject({ code: 'call-over' });
  }
  await expect(readTalk('nobody-made-this')).rejects.toMatchObject({ code: 'link-unknown', status: 404 });
});

test('no link without a published version, and none to a deleted assistant', async () => {
  const draft = await createAssistant(teamId, { name: 'Draft' });
  await expect(makeTalkLink(ines, draft.id, newTalkLinkSchema.parse({}))).rejects.toMatchObject({
    code: 'not-published',
    status: 409,
  });
  const gone = await published('Gone');
  const link = await newLink({}, gone);
  await deleteAssistant(teamId, gone);
  await expect(readTalk(link.secret)).rejects.toMatchObject({ code: 'link-over' });
  await expect(placeTalkCall(link.secret)).rejects.toMatchObject({ code: 'link-over' });
});

test('another team makes and sees no link of this one [V6]', async () => {
  await newLink();
  await expect(makeTalkLink(eve, assistantId, newTalkLinkSchema.parse({}))).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(listTalkLinks(eve.teamId, assistantId)).rejects.toMatchObject({ code: 'not-found' });
});

test('a link reaches only its own calls, and nobody takes the place of its guest [V6]', async () => {
  const [mine, other] = [await newLink(), await newLink()];
  const theirs = await placeTalkCall(other.secret);
  const member = await placeCall(teamId, {
    assistantId,
    caller: { kind: 'member', name: 'Ines', userId: 'user-ines' },
  });
  for (const { id } of [theirs, member]) {
    const attempts = await Promise.allSettled([
      rejoinTalkCall(mine.secret, id),
      typeInTalkCall(mine.secret, id, 'hello'),
      endTalkCall(mine.secret, id),
    ]);
    expect(codes(attempts)).toEqual(['not-found', 'not-found', 'not-found']);
  }
  await expect(joinCall(teamId, theirs.id, 'user-ines')).rejects.toMatchObject({ code: 'not-your-call' });
  await expect(joinCall(teamId, theirs.id, null)).rejects.toMatchObject({ code: 'not-your-call' });
  const open = await forTeam(teamId, (tx) =>
    tx.$count(calls, and(eq(calls.callerLinkId, other.id), eq(calls.status, 'placed'))),
  );
  expect(open).toBe(1);
});

test('a call that LiveKit does not take is not counted', async () => {
  const link = await newLink();
  await stopLivekit();
  await expect(placeTalkCall(link.secret)).rejects.toMatchObject({ code: 'livekit-away' });
  expect(await usesOf(link.id)).toBe(0);
});
