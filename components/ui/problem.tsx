import type { ReactNode } from 'react';
import { Note } from '#src/components/ui/note.tsx';
import type { Problem } from '#src/lib/action-result.ts';

/** What failed and what to do, in the pane it belongs to. */
export function ProblemNote({ problem, children }: { problem: Problem | null | undefined; children?: ReactNode }) {
  if (!problem) return null;
  return (
    <Note tone="failed" alert>
      <b className="font-med">{problem.message}</b> {problem.hint && <span className="text-ink-2">{problem.hint}</span>}
      {children && <div className="mt-2 flex gap-2">{children}</div>}
    </Note>
  );
}
