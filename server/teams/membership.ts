import { and, asc, eq } from 'drizzle-orm';
import { type Role, roleSchema } from '#src/lib/teams/rights.ts';
import { connection } from '#src/server/db/connection.ts';
import { member, organization } from '#src/server/db/schema.ts';

export type Membership = { teamId: string; teamName: string; role: Role };

/** The team of a user: the asked one where they belong to it, else their first. */
export async function membershipOf(userId: string, teamId?: string | null): Promise<Membership | null> {
  const rows = await connection()
    .db.select({ teamId: organization.id, teamName: organization.name, role: member.role })
    .from(member)
    .innerJoin(organization, eq(organization.id, member.organizationId))
    .where(eq(member.userId, userId))
    .orderBy(asc(member.createdAt));
  const row = rows.find((found) => found.teamId === teamId) ?? rows[0];
  const role = roleSchema.safeParse(row?.role);
  return row && role.success ? { teamId: row.teamId, teamName: row.teamName, role: role.data } : null;
}

/** One member of a team, or null. */
export async function findMember(teamId: string, userId: string): Promise<{ role: Role } | null> {
  const [row] = await connection()
    .db.select({ role: member.role })
    .from(member)
    .where(and(eq(member.organizationId, teamId), eq(member.userId, userId)));
  const role = roleSchema.safeParse(row?.role);
  return role.success ? { role: role.data } : null;
}
