import type { Metadata } from 'next';
import { headers } from 'next/headers';
import Link from 'next/link';
import { acceptInviteAction, joinAction } from '#src/app/(account)/actions.ts';
import { linkProblem } from '#src/app/(account)/link-problem.ts';
import { AccountForm } from '#src/components/account/account-form.tsx';
import { AccountFrame } from '#src/components/account/account-frame.tsx';
import { JoinButton } from '#src/components/account/join-button.tsx';
import { ButtonLink } from '#src/components/ui/button.tsx';
import { roleWords } from '#src/lib/teams/rights.ts';
import { auth } from '#src/server/teams/auth.ts';
import { readInvite } from '#src/server/teams/invites.ts';

export const metadata: Metadata = { title: 'Join a team' };

export default async function JoinPage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params;
  const problem = await linkProblem(readInvite(token));
  if (problem) {
    return (
      <AccountFrame title={problem.message} hint={problem.hint}>
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </AccountFrame>
    );
  }
  const invite = await readInvite(token);
  const session = await auth().api.getSession({ headers: await headers() });
  return (
    <AccountFrame
      title={`Join ${invite.teamName}`}
      hint={`As ${invite.role}: ${roleWords[invite.role].toLowerCase()}.`}
    >
      {session ? (
        <JoinButton join={joinAction.bind(null, token)} act={`Join as ${session.user.name}`} />
      ) : (
        <>
          <AccountForm create={acceptInviteAction.bind(null, token)} act="Create account and join" />
          <p className="mt-3 text-sm text-ink-3">
            Have an account already?{' '}
            <Link href={`/sign-in?then=${encodeURIComponent(`/join/${token}`)}`} className="link">
              Sign in with it
            </Link>
            , then join.
          </p>
        </>
      )}
    </AccountFrame>
  );
}
