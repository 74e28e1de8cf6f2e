import { X } from 'lucide-react';
import Link from 'next/link';
import { type CallFilter, callsHref } from '#src/lib/calls/call-filter.ts';
import type { FilterWords } from '#src/lib/calls/filter-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** The filters that are set; a click takes one off. */
export function FilterChips({ filter, words }: { filter: CallFilter; words: FilterWords[] }) {
  return words.map(({ name, label, value }) => {
    const { [name]: _left, ...others } = filter;
    return (
      <Link
        key={name}
        href={callsHref(others)}
        className="inline-flex h-(--ctl) max-w-full min-w-0 flex-none items-center gap-1.5 rounded-2 border border-accent-line bg-accent-soft px-2.5 text-sm whitespace-nowrap text-ink no-underline hover:border-accent"
      >
        <span className="sr-only">Leave out: </span>
        <span className="text-ink-2">{label}</span> <b className="max-w-40 truncate font-med">{visibleText(value)}</b>
        <X size={13} aria-hidden="true" />
      </Link>
    );
  });
}
