'use server';
import { headers } from 'next/headers';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { AppError } from '#src/lib/app-error.ts';
import { auth } from '#src/server/teams/auth.ts';
import { acceptInvite, acceptInviteAs } from '#src/server/teams/invites.ts';
import { type Account, setUp } from '#src/server/teams/set-up.ts';

export async function setUpAction(token: string, account: Account): Promise<ActionResult> {
  return runAction(async () => {
    await setUp({ ...account, token });
    return null;
  });
}

export async function acceptInviteAction(token: string, account: Account): Promise<ActionResult> {
  return runAction(async () => {
    await acceptInvite(token, account);
    return null;
  });
}

export async function joinAction(token: string): Promise<ActionResult> {
  return runAction(async () => {
    const session = await auth().api.getSession({ headers: await headers() });
    if (!session)
      throw new AppError('unauthenticated', 'You are not signed in any more.', {
        hint: 'Sign in, then open the link again.',
      });
    await acceptInviteAs(token, session.user.id);
    return null;
  });
}
