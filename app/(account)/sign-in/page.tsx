import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { AccountFrame } from '#src/components/account/account-frame.tsx';
import { SignInForm } from '#src/components/account/sign-in-form.tsx';
import { ownPath } from '#src/components/account/sign-in-with.ts';
import { currentMember } from '#src/server/teams/session.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage(props: { searchParams: Promise<{ then?: string | string[] }> }) {
  const { then } = await props.searchParams;
  const to = ownPath(typeof then === 'string' ? then : undefined);
  if (await currentMember()) redirect(to);
  return (
    <AccountFrame title="Sign in" hint="No account yet? Ask your team for an invitation link.">
      <SignInForm then={to} />
    </AccountFrame>
  );
}
