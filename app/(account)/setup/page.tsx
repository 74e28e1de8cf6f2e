import type { Metadata } from 'next';
import { setUpAction } from '#src/app/(account)/actions.ts';
import { linkProblem } from '#src/app/(account)/link-problem.ts';
import { AccountForm } from '#src/components/account/account-form.tsx';
import { AccountFrame } from '#src/components/account/account-frame.tsx';
import { ButtonLink } from '#src/components/ui/button.tsx';
import { checkSetUp } from '#src/server/teams/set-up.ts';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetUpPage(props: { searchParams: Promise<{ token?: string | string[] }> }) {
  const { token } = await props.searchParams;
  const link = typeof token === 'string' ? token : '';
  const problem = await linkProblem(checkSetUp(link));
  if (problem) {
    return (
      <AccountFrame title={problem.message} hint={problem.hint}>
        <ButtonLink href="/sign-in">Sign in</ButtonLink>
      </AccountFrame>
    );
  }
  return (
    <AccountFrame
      title="Make the owner's account"
      hint="It stays on this machine. A demo assistant is ready to be called right after."
    >
      <AccountForm create={setUpAction.bind(null, link)} act="Create account" />
    </AccountFrame>
  );
}
