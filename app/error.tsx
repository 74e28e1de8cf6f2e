'use client';
import { PageError } from '#src/components/ui/page-error.tsx';

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <div className="grid min-h-dvh place-items-center bg-surface">
      <PageError error={error} retry={reset} />
    </div>
  );
}
