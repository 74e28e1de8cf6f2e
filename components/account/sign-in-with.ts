import type { ActionResult } from '#src/lib/action-result.ts';

/** Signs in with e-mail and password; the session is a cookie that the answer sets. Never throws. */
export async function signInWith(email: string, password: string): Promise<ActionResult> {
  const fail = (code: string, message: string, hint: string): ActionResult => ({
    ok: false,
    problem: { code, message, hint },
  });
  try {
    const response = await fetch('/api/auth/sign-in/email', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email, password }),
    });
    if (response.ok) return { ok: true, value: null };
    if (response.status === 429) return fail('too-many-tries', 'Too many tries.', 'Wait a minute, then try again.');
    if (response.status >= 500) return fail('away', 'Patchbay could not check this.', 'Try again in a moment.');
    return fail(
      'wrong-password',
      'The e-mail address or the password is wrong.',
      'Check both, also for capital letters.',
    );
  } catch {
    return fail('away', 'Patchbay did not answer.', 'Check your connection, then try again.');
  }
}

/** A place of our own to go to after signing in; anything else leads home. */
export function ownPath(then: string | undefined): string {
  return then?.startsWith('/') && !then.startsWith('//') && !then.includes('\\') ? then : '/';
}
