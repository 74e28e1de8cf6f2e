'use client';
import { useState, useTransition } from 'react';
import { ShownOnce } from '#src/components/settings/shown-once.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';

export type MakeHookKey = () => Promise<ActionResult<{ key: string; url: string }>>;

/** The key with which the server signs what it sends to us: made on request, shown once. */
export function HookKey({ make }: { make: MakeHookKey }) {
  const [made, setMade] = useState<{ key: string; url: string } | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, start] = useTransition();
  const run = () =>
    start(async () => {
      const result = await make();
      setProblem(result.ok ? null : result.problem);
      if (result.ok) setMade(result.value);
    });
  return (
    <section aria-label="Hooks" className="grid max-w-[640px] gap-2">
      <h3 className="font-bold">Hooks</h3>
      <p className="text-sm text-ink-3">
        The server may send events to us; live calls that use it get a note of each. A new key makes the one before
        useless.
      </p>
      {made ? (
        <>
          <p className="text-sm text-ink-2">
            It sends to <code className="font-mono break-all">{made.url}</code>
          </p>
          <ShownOnce label="Hook key" secret={made.key} hint="Give it to the server now: it is not shown again." />
        </>
      ) : (
        <Button onClick={run} disabled={busy} className="justify-self-start">
          {busy ? 'Making…' : 'Make a hook key'}
        </Button>
      )}
      <ProblemNote problem={problem} />
    </section>
  );
}
