import type { ReactNode } from 'react';

/** What will be here, and the one act that fills it. */
export function Empty({ title, children, act }: { title: string; children: ReactNode; act?: ReactNode }) {
  return (
    <div className="mx-auto grid max-w-[460px] grid-cols-[64px_1fr] items-center gap-4 px-5 py-14 phone:grid-cols-1 phone:py-10">
      <svg
        viewBox="0 0 64 56"
        aria-hidden="true"
        className="h-14 w-16 fill-none stroke-line-strong stroke-2 [stroke-linecap:round]"
      >
        <circle cx="12" cy="14" r="8" />
        <circle cx="52" cy="14" r="8" />
        <path d="M12 14c0 32 14 36 22 30" className="stroke-accent" />
        <circle cx="12" cy="14" r="2" className="fill-accent stroke-accent" />
        <circle cx="36" cy="42" r="3.5" className="fill-surface stroke-accent" />
      </svg>
      <div>
        <h2 className="font-bold">{title}</h2>
        <p className="mt-0.5 text-ink-2">{children}</p>
        {act && <div className="mt-2.5 flex flex-wrap gap-2">{act}</div>}
      </div>
    </div>
  );
}
