'use client';
import { Search } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type RefObject, useEffect, useRef, useState, useTransition } from 'react';
import { Input } from '#src/components/ui/field.tsx';
import { Kbd } from '#src/components/ui/kbd.tsx';
import { type CallFilter, callsHref } from '#src/lib/calls/call-filter.ts';

/** Whoever types for this long without a pause is not done yet. */
const restMs = 350;

/** Words that were said, or that tools were given and answered. What is typed goes into the address after a rest. */
export function CallSearch({ filter, field }: { filter: CallFilter; field: RefObject<HTMLInputElement | null> }) {
  const router = useRouter();
  const { q, ...others } = filter;
  const [words, setWords] = useState(q ?? '');
  const [searching, start] = useTransition();
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(rest.current), []);
  const search = (typed: string) => {
    clearTimeout(rest.current);
    const wanted = typed.trim().slice(0, 200);
    if (wanted === (q ?? '')) return;
    start(() => router.replace(callsHref(wanted === '' ? others : { ...others, q: wanted }), { scroll: false }));
  };
  return (
    <search className="relative w-80 flex-none narrow:w-64 phone:w-full">
      <Search
        size={14}
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
      />
      <Input
        ref={field}
        type="search"
        aria-label="Search what was said and done"
        aria-busy={searching}
        placeholder="Words, order number, “a phrase”"
        maxLength={200}
        value={words}
        onChange={(event) => {
          const typed = event.target.value;
          setWords(typed);
          clearTimeout(rest.current);
          rest.current = setTimeout(() => search(typed), restMs);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') search(words);
          if (event.key === 'Escape') event.currentTarget.blur();
        }}
        className="pr-7 pl-8"
      />
      <span className="pointer-events-none absolute top-1/2 right-2 flex -translate-y-1/2">
        {words === '' && <Kbd>/</Kbd>}
      </span>
    </search>
  );
}
