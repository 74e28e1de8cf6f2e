'use client';
import { Button } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';

/** A page that could not be shown: what happened, and trying again. */
export function PageError({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  return (
    <Empty
      title="This page could not be shown"
      act={
        <Button kind="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      Patchbay did not get what it needed, often because the database was away for a moment. Nothing is lost.
      {error.digest && <span className="mono block text-sm text-ink-3">{error.digest}</span>}
    </Empty>
  );
}
