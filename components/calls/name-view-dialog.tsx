'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';

/** Asks for the name of a view. */
export function NameViewDialog(props: {
  title: string;
  act: string;
  name: string;
  save: (name: string) => Promise<ActionResult<unknown>>;
  close: () => void;
}) {
  const router = useRouter();
  const [name, setName] = useState(props.name);
  const [problem, setProblem] = useState<string>();
  const [working, start] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    start(async () => {
      const done = await props.save(name);
      if (!done.ok) return setProblem(`${done.problem.message} ${done.problem.hint ?? ''}`.trim());
      props.close();
      router.refresh();
    });
  };
  return (
    <Dialog open onOpenChange={(open) => !open && props.close()} title={props.title}>
      <form onSubmit={submit} className="grid gap-3">
        <Field label="Name" help="Everyone of the team sees it." error={problem}>
          {(control) => (
            <Input {...control} value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        <div className="flex justify-end">
          <Button type="submit" kind="primary" disabled={working}>
            {props.act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
