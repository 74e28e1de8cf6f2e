import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { AppError } from '#src/lib/app-error.ts';
import { type Action, may, type Role } from '#src/lib/teams/rights.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { auth } from '#src/server/teams/auth.ts';
import { membershipOf } from '#src/server/teams/membership.ts';

export type CurrentMember = {
  userId: string;
  userName: string;
  email: string;
  teamId: string;
  teamName: string;
  role: Role;
};

/** Who is signed in, or null. Asked once a request. */
export const currentMember = cache(async (): Promise<CurrentMember | null> => {
  const session = await auth().api.getSession({ headers: await headers() });
  if (!session) return null;
  const membership = await membershipOf(session.user.id, session.session.activeOrganizationId);
  if (!membership) return null;
  return { userId: session.user.id, userName: session.user.name, email: session.user.email, ...membership };
});

/** For pages and server actions: the member, who may do `action`. Without a session it goes to sign-in; without the right it throws `forbidden`. */
export async function requireMember(action?: Action): Promise<CurrentMember> {
  const member = await currentMember();
  if (!member) redirect('/sign-in');
  if (action && !may(member.role, action)) throw forbidden(member.role);
  return member;
}

/** The same member as the one who does something. */
export async function requireActor(action: Action): Promise<Actor> {
  const { teamId, role, userName, userId } = await requireMember(action);
  return { teamId, role, name: userName, userId };
}

/** What a role without the right is told. */
export function forbidden(role: Role): AppError {
  return new AppError('forbidden', `Your role (${role}) may not do this.`, {
    status: 403,
    hint: 'Ask an owner or admin of the team for another role.',
  });
}
