'use client';
import { useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';

/** Joins with the account that is signed in. */
export function JoinButton({ join, act }: { join: () => Promise<ActionResult>; act: string }) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <div className="grid gap-3">
      <ProblemNote problem={problem} />
      <Button
        kind="primary"
        disabled={busy}
        onClick={async () => {
          setBusy(true);
          const done = await join();
          if (done.ok) return location.assign('/assistants/start');
          setProblem(done.problem);
          setBusy(false);
        }}
      >
        {act}
      </Button>
    </div>
  );
}
