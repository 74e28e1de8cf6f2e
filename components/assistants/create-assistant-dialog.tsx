'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Assistant } from '#src/lib/assistants/assistant-config.ts';

export function CreateAssistantDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  create: (name: string) => Promise<ActionResult<Assistant>>;
}) {
  const router = useRouter();
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title="New assistant">
      <form
        method="post"
        className="grid gap-3"
        onSubmit={async (event) => {
          event.preventDefault();
          const name = String(new FormData(event.currentTarget).get('name')).trim();
          if (name === '') return setError('Give the assistant a name.');
          setBusy(true);
          const made = await props.create(name);
          setBusy(false);
          if (!made.ok) return setError(made.problem.message);
          props.onOpenChange(false);
          router.push(`/assistants/${made.value.id}`);
        }}
      >
        <Field label="Name" error={error} help="Callers may hear it, such as “You are talking to Luigi”.">
          {(control) => (
            <Input {...control} name="name" maxLength={80} autoFocus autoComplete="off" placeholder="Luigi" />
          )}
        </Field>
        <Button type="submit" kind="primary" disabled={busy} className="justify-self-start">
          {busy ? 'Creating…' : 'Create assistant'}
        </Button>
      </form>
    </Dialog>
  );
}
