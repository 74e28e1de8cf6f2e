'use client';
import { useState } from 'react';
import { RoleSelect } from '#src/components/settings/role-select.tsx';
import { ShownOnce } from '#src/components/settings/shown-once.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import { type Role, roleWords } from '#src/lib/teams/rights.ts';

/** Makes a token and shows it, once. */
export function TokenDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  actor: Role;
  create: (name: string, role: Role) => Promise<ActionResult<{ token: string }>>;
}) {
  const [role, setRole] = useState<Role>('builder');
  const [token, setToken] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => {
        props.onOpenChange(open);
        if (!open) setToken(null);
      }}
      title="Create API token"
    >
      {token ? (
        <ShownOnce
          label="API token"
          secret={token}
          hint="Copy it now. It is stored only as a digest and is not shown again."
        />
      ) : (
        <form
          method="post"
          className="grid gap-3"
          onSubmit={async (event) => {
            event.preventDefault();
            const made = await props.create(String(new FormData(event.currentTarget).get('name')), role);
            setProblem(made.ok ? null : made.problem);
            if (made.ok) setToken(made.value.token);
          }}
        >
          <Field label="Name" help="What will use it, such as “Nightly test calls”.">
            {(control) => <Input {...control} name="name" maxLength={80} autoFocus autoComplete="off" />}
          </Field>
          <Field label="Role" help={roleWords[role]}>
            {(control) => <RoleSelect id={control.id} actor={props.actor} value={role} onChange={setRole} />}
          </Field>
          <ProblemNote problem={problem} />
          <Button type="submit" kind="primary" className="justify-self-start">
            Create token
          </Button>
        </form>
      )}
    </Dialog>
  );
}
