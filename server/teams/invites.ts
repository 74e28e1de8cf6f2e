import { randomUUID } from 'node:crypto';
import { and, desc, eq, gt, isNull } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import { mayGrant, type Role, roleSchema } from '#src/lib/teams/rights.ts';
import { config } from '#src/server/config.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { invites, member, organization } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { writeAudit } from '#src/server/teams/audit.ts';
import { findMember } from '#src/server/teams/membership.ts';
import { type Account, accountSchema, createMemberAccount } from '#src/server/teams/set-up.ts';
import { digestOf, newToken } from '#src/server/teams/tokens.ts';

const validMs = 7 * 24 * 3_600_000;

/** Makes an invitation link with a role; shown once. Throws `forbidden` when the actor may not hand the role out. */
export async function createInvite(actor: Actor, role: Role): Promise<{ id: string; url: string; expiresAt: string }> {
  if (!mayGrant(actor.role, role))
    throw new AppError('forbidden', `Your role may not invite ${role}s.`, { status: 403 });
  const { token, digest } = newToken('');
  const id = newId('inv');
  const expiresAt = new Date(Date.now() + validMs);
  await forTeam(actor.teamId, async (tx) => {
    await tx.insert(invites).values({ id, teamId: actor.teamId, role, digest, createdBy: actor.name, expiresAt });
    await writeAudit(tx, actor, 'invite-created', id);
  });
  return { id, url: `${config().publicUrl}/join/${token}`, expiresAt: expiresAt.toISOString() };
}

/** Open invitations, newest first. */
export async function listInvites(
  teamId: string,
): Promise<{ id: string; role: Role; createdBy: string; expiresAt: string }[]> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select()
      .from(invites)
      .where(and(isNull(invites.usedAt), isNull(invites.revokedAt), gt(invites.expiresAt, new Date())))
      .orderBy(desc(invites.createdAt)),
  );
  return rows.map((row) => ({
    id: row.id,
    role: roleSchema.parse(row.role),
    createdBy: row.createdBy,
    expiresAt: row.expiresAt.toISOString(),
  }));
}

/** Makes a link useless. */
export async function revokeInvite(actor: Actor, inviteId: string): Promise<void> {
  await forTeam(actor.teamId, async (tx) => {
    const rows = await tx
      .update(invites)
      .set({ revokedAt: new Date() })
      .where(eq(invites.id, inviteId))
      .returning({ id: invites.id });
    if (rows.length === 0) throw notFound('invitation');
    await writeAudit(tx, actor, 'invite-revoked', inviteId);
  });
}

/** What an invitation link says. Throws `link-invalid`. */
export async function readInvite(
  token: string,
): Promise<{ teamId: string; teamName: string; role: Role; inviteId: string }> {
  const invalid = new AppError('link-invalid', 'This invitation is not valid any more.', {
    status: 403,
    hint: 'Ask whoever sent it for a new link.',
  });
  const { sql, db } = connection();
  const [found] = await sql<{ team: string | null }[]>`select team_of_invite(${digestOf(token)}) as team`;
  const teamId = found?.team;
  if (!teamId) throw invalid;
  const [row] = await forTeam(teamId, (tx) =>
    tx
      .select()
      .from(invites)
      .where(
        and(
          eq(invites.digest, digestOf(token)),
          isNull(invites.usedAt),
          isNull(invites.revokedAt),
          gt(invites.expiresAt, new Date()),
        ),
      ),
  );
  const [team] = await db.select({ name: organization.name }).from(organization).where(eq(organization.id, teamId));
  if (!row || !team) throw invalid;
  return { teamId, teamName: team.name, role: roleSchema.parse(row.role), inviteId: row.id };
}

/** A new person joins by a link: makes the account, uses the link up. */
export async function acceptInvite(token: string, input: Account): Promise<void> {
  const account = accountSchema.parse(input);
  await redeemInvite(token, (place) => createMemberAccount(account, place));
}

/** Someone who has an account already joins by a link. */
export async function acceptInviteAs(token: string, userId: string): Promise<void> {
  await redeemInvite(token, async (place) => {
    if (await findMember(place.teamId, userId))
      throw new AppError('already-member', 'You are already in this team.', { hint: 'Nothing more is to be done.' });
    await connection()
      .db.insert(member)
      .values({ id: randomUUID(), organizationId: place.teamId, userId, role: place.role, createdAt: new Date() });
    return userId;
  });
}

async function redeemInvite(
  token: string,
  join: (place: { teamId: string; role: Role }) => Promise<string>,
): Promise<void> {
  const invite = await readInvite(token);
  await forTeam(invite.teamId, async (tx) => {
    const taken = await tx
      .update(invites)
      .set({ usedAt: new Date() })
      .where(and(eq(invites.id, invite.inviteId), isNull(invites.usedAt)))
      .returning({ id: invites.id });
    if (taken.length === 0)
      throw new AppError('link-invalid', 'This invitation was used already.', {
        status: 403,
        hint: 'Ask for a new link.',
      });
    await join({ teamId: invite.teamId, role: invite.role });
  });
}
