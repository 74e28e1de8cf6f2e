'use client';
import { useState } from 'react';
import { signInWith } from '#src/components/account/sign-in-with.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import { SecretInput } from '#src/components/ui/secret-input.tsx';
import type { Problem } from '#src/lib/action-result.ts';

export function SignInForm({ then }: { then: string }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <form
      method="post"
      className="grid gap-3.5"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        setBusy(true);
        setProblem(null);
        const done = await signInWith(String(form.get('email')), String(form.get('password')));
        // A whole load, so that nothing of an earlier session stays in the page.
        if (done.ok) return location.assign(then);
        setProblem(done.problem);
        setBusy(false);
      }}
    >
      <Field label="E-mail">
        {(control) => <Input {...control} name="email" type="email" required autoComplete="username" autoFocus />}
      </Field>
      <Field label="Password">
        {(control) => (
          <SecretInput {...control} label="password" name="password" required autoComplete="current-password" />
        )}
      </Field>
      <ProblemNote problem={problem} />
      <Button type="submit" kind="primary" disabled={busy}>
        {busy ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}
