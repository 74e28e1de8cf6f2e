import type { ReactNode } from 'react';

export function SettingsSection(props: { title: string; hint: ReactNode; acts?: ReactNode; children: ReactNode }) {
  return (
    <section
      aria-label={props.title}
      className="grid grid-cols-[220px_minmax(0,1fr)] gap-6 border-b border-line px-5 py-5 last:border-0 narrow:grid-cols-1 narrow:gap-3 phone:px-4"
    >
      <div>
        <h2 className="font-bold">{props.title}</h2>
        <p className="mt-0.5 max-w-[34ch] text-sm leading-[1.4] text-ink-3">{props.hint}</p>
        {props.acts && <div className="mt-2.5">{props.acts}</div>}
      </div>
      <div className="min-w-0 max-w-[760px]">{props.children}</div>
    </section>
  );
}

/** One line of a list in the settings. */
export function SettingsRow({ children }: { children: ReactNode }) {
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-1.5 last:border-b">
      {children}
    </li>
  );
}
