'use client';
import { useState } from 'react';
import { RoleSelect } from '#src/components/settings/role-select.tsx';
import { ShownOnce } from '#src/components/settings/shown-once.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Field } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import { type Role, roleWords } from '#src/lib/teams/rights.ts';

/** Makes a link that lets one person in, with a role. */
export function InviteDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  actor: Role;
  invite: (role: Role) => Promise<ActionResult<{ url: string; expiresAt: string }>>;
}) {
  const [role, setRole] = useState<Role>('builder');
  const [url, setUrl] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => {
        props.onOpenChange(open);
        if (!open) setUrl(null);
      }}
      title="Invite someone"
      description="One link, one person, seven days."
    >
      {url ? (
        <ShownOnce label="Invitation link" secret={url} hint="Send it to them. It is not shown again." />
      ) : (
        <div className="grid gap-3">
          <Field label="Role" help={roleWords[role]}>
            {(control) => <RoleSelect id={control.id} actor={props.actor} value={role} onChange={setRole} />}
          </Field>
          <ProblemNote problem={problem} />
          <Button
            kind="primary"
            className="justify-self-start"
            onClick={async () => {
              const made = await props.invite(role);
              setProblem(made.ok ? null : made.problem);
              if (made.ok) setUrl(made.value.url);
            }}
          >
            Make the link
          </Button>
        </div>
      )}
    </Dialog>
  );
}
