'use client';
import { useTransition } from 'react';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';

/** Runs a change; what failed is said, what worked shows itself. */
export function useChange(): [boolean, (work: () => Promise<ActionResult<unknown>>, done?: string) => void] {
  const [busy, start] = useTransition();
  const run = (work: () => Promise<ActionResult<unknown>>, done?: string) =>
    start(async () => {
      const result = await work();
      if (!result.ok) toast([result.problem.message, result.problem.hint].filter(Boolean).join(' '));
      else if (done) toast(done);
    });
  return [busy, run];
}
