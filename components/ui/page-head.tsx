import type { ReactNode } from 'react';

/** The bar at the top of a page: its name, what is known about it, and its acts at the right. */
export function PageHead(props: { children: ReactNode; acts?: ReactNode }) {
  return (
    <header className="flex min-h-(--bar) flex-none items-center gap-3 border-b border-line px-5 phone:flex-wrap phone:gap-x-2 phone:gap-y-1.5 phone:px-4 phone:py-2.5">
      {props.children}
      <span className="flex-1" />
      {props.acts}
    </header>
  );
}
