import type { ReactNode } from 'react';

export function Section({
  id,
  title,
  hint,
  children,
}: {
  id?: string;
  title: string;
  hint: string;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-label={title}
      className="grid grid-cols-[150px_minmax(0,1fr)] gap-6 border-b border-line py-[18px] last:border-0 narrow:grid-cols-1 narrow:gap-2"
    >
      <div>
        <h2 className="font-bold">{title}</h2>
        <p className="mt-0.5 text-sm leading-[1.4] text-ink-3">{hint}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
