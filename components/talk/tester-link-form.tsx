'use client';
import { useState } from 'react';
import { HoursField } from '#src/components/links/hours-field.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import type { MadeLink, TalkOptions } from '#src/lib/links/link.ts';

export type MakeTalkLink = (input: {
  name: string;
  hours: number;
  options: TalkOptions;
}) => Promise<ActionResult<MadeLink>>;

/** For whom, for how long, and how much a new tester link may be used. */
export function TesterLinkForm({ make, onMade }: { make: MakeTalkLink; onMade: (made: MadeLink) => void }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <form
      method="post"
      className="grid gap-3"
      onSubmit={async (event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        setBusy(true);
        const made = await make({
          name: String(form.get('name')),
          hours: Number(form.get('hours')),
          options: { calls: Number(form.get('calls')), atOnce: Number(form.get('atOnce')) },
        });
        setBusy(false);
        setProblem(made.ok ? null : made.problem);
        if (made.ok) onMade(made.value);
      }}
    >
      <Field label="Whom it is for" help="Optional. Whoever opens the link reads it too.">
        {(control) => <Input {...control} name="name" maxLength={80} autoComplete="off" />}
      </Field>
      <HoursField />
      <div className="grid grid-cols-2 gap-3">
        <Field label="Calls in all">
          {(control) => <Input {...control} name="calls" type="number" min={1} max={1000} required defaultValue={20} />}
        </Field>
        <Field label="Calls at once">
          {(control) => <Input {...control} name="atOnce" type="number" min={1} max={10} required defaultValue={2} />}
        </Field>
      </div>
      <ProblemNote problem={problem} />
      <Button type="submit" kind="primary" disabled={busy} className="justify-self-start">
        {busy ? 'Making the link…' : 'Make the link'}
      </Button>
    </form>
  );
}
