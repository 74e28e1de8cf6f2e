import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeConnection, connection } from '#src/server/db/connection.ts';
import { member, user } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { actorOfToken, createApiToken, listApiTokens, revokeApiToken } from '#src/server/teams/api-tokens.ts';
import { auth } from '#src/server/teams/auth.ts';
import { demoTeam, ensureDemoTeam, issueSetupToken } from '#src/server/teams/demo-team.ts';
import {
  acceptInvite,
  acceptInviteAs,
  createInvite,
  listInvites,
  readInvite,
  revokeInvite,
} from '#src/server/teams/invites.ts';
import { changeRole, listMembers, removeMember } from '#src/server/teams/members.ts';
import { membershipOf } from '#src/server/teams/membership.ts';
import { setUp } from '#src/server/teams/set-up.ts';

afterAll(closeConnection);

const password = 'correct horse battery';
const ada = { name: 'Ada', email: 'Ada@Example.com', password };
const actor = (role: Actor['role'], userId: string | null = null): Actor => ({
  teamId: demoTeam.id,
  role,
  name: role,
  userId,
});

beforeAll(async () => {
  const { db } = connection();
  await db.delete(member);
  await db.delete(user);
  await ensureDemoTeam();
});

test('the set-up link makes one owner, once, and only the newest link does', async () => {
  const old = await issueSetupToken();
  const token = await issueSetupToken();
  expect(token).not.toBeNull();
  await expect(setUp({ ...ada, token: old ?? '' })).rejects.toMatchObject({ code: 'link-invalid' });
  await expect(setUp({ ...ada, token: token ?? '', password: 'short' })).rejects.toThrow(/at least 10/);
  const both = await Promise.allSettled([
    setUp({ ...ada, token: token ?? '' }),
    setUp({ ...ada, email: 'eve@example.com', token: token ?? '' }),
  ]);
  expect(both.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  await expect(setUp({ ...ada, token: token ?? '' })).rejects.toMatchObject({ code: 'set-up-done' });
  expect(await issueSetupToken()).toBeNull();
  const [owner] = await listMembers(demoTeam.id);
  expect(owner).toMatchObject({ role: 'owner' });
  const session = await auth().api.signInEmail({ body: { email: owner?.email ?? '', password } });
  expect((await membershipOf(session.user.id))?.teamName).toBe('Demo');
});

test('nobody signs up without a link', async () => {
  await expect(auth().api.signUpEmail({ body: { name: 'M', email: 'm@example.com', password } })).rejects.toThrow();
});

test('an invitation gives its role once, and not to whoever may not hand it out', async () => {
  await expect(createInvite(actor('builder'), 'tester')).rejects.toMatchObject({ code: 'forbidden' });
  await expect(createInvite(actor('admin'), 'owner')).rejects.toMatchObject({ code: 'forbidden' });
  const { url } = await createInvite(actor('owner'), 'builder');
  const token = url.split('/join/')[1] ?? '';
  expect(await readInvite(token)).toMatchObject({ teamName: 'Demo', role: 'builder' });
  await acceptInvite(token, { name: 'Ben', email: 'ben@example.com', password });
  await expect(acceptInvite(token, { name: 'Eve', email: 'eve2@example.com', password })).rejects.toMatchObject({
    code: 'link-invalid',
  });
  expect(await listMembers(demoTeam.id)).toContainEqual(expect.objectContaining({ name: 'Ben', role: 'builder' }));
  const second = await createInvite(actor('owner'), 'tester');
  const ben = (await listMembers(demoTeam.id)).find((found) => found.name === 'Ben');
  await expect(acceptInviteAs(second.url.split('/join/')[1] ?? '', ben?.userId ?? '')).rejects.toMatchObject({
    code: 'already-member',
  });
  expect((await listInvites(demoTeam.id)).map((invite) => invite.id)).toContain(second.id); // not used up by the failure
  await revokeInvite(actor('owner'), second.id);
  await expect(readInvite(second.url.split('/join/')[1] ?? '')).rejects.toMatchObject({ code: 'link-invalid' });
});

test('a team keeps an owner, and an admin does not touch owners', async () => {
  const members = await listMembers(demoTeam.id);
  const owner = members.find((found) => found.role === 'owner')?.userId ?? '';
  const ben = members.find((found) => found.name === 'Ben')?.userId ?? '';
  await expect(changeRole(actor('owner', owner), owner, 'tester')).rejects.toMatchObject({ code: 'last-owner' });
  await expect(removeMember(actor('admin'), owner)).rejects.toMatchObject({ code: 'forbidden' });
  await changeRole(actor('admin'), ben, 'tester');
  expect((await membershipOf(ben))?.role).toBe('tester');
  await removeMember(actor('admin'), ben);
  expect(await membershipOf(ben)).toBeNull();
  await expect(removeMember(actor('owner'), ben)).rejects.toMatchObject({ code: 'not-found' });
});

test('an API token works until it is revoked, and is kept only as a digest', async () => {
  const { id, token } = await createApiToken(actor('owner'), { name: 'ci', role: 'tester' });
  expect(await actorOfToken(token)).toMatchObject({ teamId: demoTeam.id, role: 'tester', name: 'ci' });
  expect(JSON.stringify(await listApiTokens(demoTeam.id))).not.toContain(token);
  await revokeApiToken(actor('owner'), id);
  expect(await actorOfToken(token)).toBeNull();
  const rows = await connection().db.select().from(user).where(eq(user.email, 'ada@example.com'));
  expect(JSON.stringify(rows)).not.toContain(password);
});
