import type { ReactNode } from 'react';
import { Mark } from '#src/components/shell/mark.tsx';

/** The frame of the pages that are seen before anyone is signed in. */
export function AccountFrame({ title, hint, children }: { title: string; hint?: ReactNode; children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center bg-bg px-4 py-10">
      <div className="w-full max-w-[400px]">
        <div className="mb-5 flex items-center gap-2.5 text-accent">
          <Mark />
          <span className="text-lg font-bold text-ink">Patchbay</span>
        </div>
        <div className="rounded-3 border border-line bg-surface px-6 py-5 phone:px-4">
          <h1 className="text-xl font-bold">{title}</h1>
          {hint && <p className="mt-1 text-ink-2">{hint}</p>}
          <div className="mt-4">{children}</div>
        </div>
      </div>
    </main>
  );
}
