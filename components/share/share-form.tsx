'use client';
import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import { HoursField } from '#src/components/links/hours-field.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { Problem } from '#src/lib/action-result.ts';
import type { ShareOptions } from '#src/lib/links/link.ts';

export type ShareInput = { name: string; hours: number; options: ShareOptions };

/** Whom a link is for, how long it works, and what goes with it. `share` answers with what went wrong. */
export function ShareForm(props: { recorded: boolean; share: (input: ShareInput) => Promise<Problem | null> }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, start] = useTransition();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    start(async () =>
      setProblem(
        await props.share({
          name: String(form.get('name') ?? ''),
          hours: Number(form.get('hours')),
          options: { recording: form.has('recording'), payloads: form.has('payloads') },
        }),
      ),
    );
  };
  return (
    <form method="post" onSubmit={submit} className="grid gap-3">
      <div className="grid grid-cols-[minmax(0,1fr)_110px] gap-3">
        <Field label="Whom is it for? (optional)">
          {(control) => (
            <Input {...control} name="name" maxLength={80} autoComplete="off" placeholder="Support of the bank" />
          )}
        </Field>
        <HoursField />
      </div>
      <div className="grid gap-1.5">
        {props.recorded && (
          <Choice name="recording" checked help="Nothing can be taken out of sound: all that was said is heard.">
            With the recording
          </Choice>
        )}
        <Choice name="payloads" help="Arguments and results, with the same taken out as of the text.">
          With what the tools were asked and answered
        </Choice>
      </div>
      <ProblemNote problem={problem} />
      <Button type="submit" kind="primary" className="justify-self-start" disabled={busy}>
        {busy ? 'Making the link…' : 'Make the link'}
      </Button>
    </form>
  );
}

function Choice(props: { name: string; checked?: boolean; help: string; children: ReactNode }) {
  const helpId = `share-${props.name}-help`;
  return (
    <div>
      <label className="flex min-h-6 items-center gap-2 text-md phone:min-h-11">
        <input
          type="checkbox"
          name={props.name}
          defaultChecked={props.checked ?? false}
          aria-describedby={helpId}
          className="size-4 shrink-0 accent-accent"
        />
        {props.children}
      </label>
      <p id={helpId} className="pl-6 text-sm text-ink-3">
        {props.help}
      </p>
    </div>
  );
}
