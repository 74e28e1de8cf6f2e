import { and, asc, count, eq } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import { mayGrant, type Role, roleSchema } from '#src/lib/teams/rights.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { member, session, user } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { writeAudit } from '#src/server/teams/audit.ts';
import { findMember } from '#src/server/teams/membership.ts';

export type ListedMember = { userId: string; name: string; email: string; role: Role };

/** The members of a team, in the order they came. */
export async function listMembers(teamId: string): Promise<ListedMember[]> {
  const rows = await connection()
    .db.select({ userId: user.id, name: user.name, email: user.email, role: member.role })
    .from(member)
    .innerJoin(user, eq(user.id, member.userId))
    .where(eq(member.organizationId, teamId))
    .orderBy(asc(member.createdAt));
  return rows.map((row) => ({ ...row, role: roleSchema.parse(row.role) }));
}

/** Gives a member another role. Throws `forbidden`, `last-owner` or `not-found`. */
export async function changeRole(actor: Actor, userId: string, role: Role): Promise<void> {
  await mayTouch(actor, userId, role);
  await connection()
    .db.update(member)
    .set({ role })
    .where(and(eq(member.organizationId, actor.teamId), eq(member.userId, userId)));
  await forTeam(actor.teamId, (tx) => writeAudit(tx, actor, `role-${role}`, userId));
}

/** Takes someone out of the team and ends their sessions. Throws as `changeRole`. */
export async function removeMember(actor: Actor, userId: string): Promise<void> {
  await mayTouch(actor, userId, null);
  const { db } = connection();
  await db.delete(member).where(and(eq(member.organizationId, actor.teamId), eq(member.userId, userId)));
  await db.delete(session).where(eq(session.userId, userId));
  await forTeam(actor.teamId, (tx) => writeAudit(tx, actor, 'member-removed', userId));
}

async function mayTouch(actor: Actor, userId: string, next: Role | null): Promise<void> {
  const before = await findMember(actor.teamId, userId);
  if (!before) throw notFound('member');
  if (!mayGrant(actor.role, before.role) || (next !== null && !mayGrant(actor.role, next)))
    throw new AppError('forbidden', 'Only an owner may change owners and admins.', {
      status: 403,
      hint: 'Ask an owner.',
    });
  if (before.role === 'owner' && next !== 'owner') {
    const [owners] = await connection()
      .db.select({ n: count() })
      .from(member)
      .where(and(eq(member.organizationId, actor.teamId), eq(member.role, 'owner')));
    if ((owners?.n ?? 0) <= 1)
      throw new AppError('last-owner', 'A team keeps at least one owner.', {
        hint: 'Make someone else an owner first.',
      });
  }
}
