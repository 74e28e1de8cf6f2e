'use client';
import { useState } from 'react';
import { signInWith } from '#src/components/account/sign-in-with.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import { SecretInput } from '#src/components/ui/secret-input.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';

export type NewAccount = { name: string; email: string; password: string };
const leastLength = 10;

/** Makes an account by a link and signs in with it. */
export function AccountForm({ create, act }: { create: (account: NewAccount) => Promise<ActionResult>; act: string }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const [password, setPassword] = useState('');
  return (
    <form
      method="post"
      className="grid gap-3.5"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const account = { name: String(form.get('name')), email: String(form.get('email')), password };
        setBusy(true);
        setProblem(null);
        const made = await create(account);
        const done = made.ok ? await signInWith(account.email, account.password) : made;
        if (done.ok) return location.assign('/assistants/start');
        setProblem(done.problem);
        setBusy(false);
      }}
    >
      <Field label="Name" help="Shown to your team and to callers of tests.">
        {(control) => <Input {...control} name="name" required maxLength={80} autoComplete="name" autoFocus />}
      </Field>
      <Field label="E-mail">
        {(control) => <Input {...control} name="email" type="email" required autoComplete="username" />}
      </Field>
      <Field
        label="Password"
        help={`At least ${leastLength} characters. Show it to check what you typed.`}
        error={
          password !== '' && password.length < leastLength ? `${leastLength - password.length} more to go.` : undefined
        }
      >
        {(control) => (
          <SecretInput
            {...control}
            label="password"
            name="password"
            required
            minLength={leastLength}
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            autoComplete="new-password"
          />
        )}
      </Field>
      <ProblemNote problem={problem} />
      <Button type="submit" kind="primary" disabled={busy}>
        {busy ? 'One moment…' : act}
      </Button>
    </form>
  );
}
