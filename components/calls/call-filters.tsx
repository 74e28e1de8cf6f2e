'use client';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import type { RefObject } from 'react';
import { Input, Select } from '#src/components/ui/field.tsx';
import { Kbd } from '#src/components/ui/kbd.tsx';
import type { CallStatus } from '#src/lib/calls/call.ts';

const views: { status: CallStatus | null; label: string }[] = [
  { status: null, label: 'All' },
  { status: 'live', label: 'Running' },
  { status: 'ended', label: 'Ended' },
  { status: 'failed', label: 'Failed' },
];

/** Which calls are shown; the choice is in the address, so that it can be kept and shared. */
export function CallFilters(props: {
  status: CallStatus | null;
  assistantId: string | null;
  assistants: { id: string; name: string }[];
  words: string;
  onWords: (words: string) => void;
  field: RefObject<HTMLInputElement | null>;
}) {
  const router = useRouter();
  const address = (status: CallStatus | null, assistantId: string | null) => {
    const query = new URLSearchParams({
      ...(status ? { status } : {}),
      ...(assistantId ? { assistant: assistantId } : {}),
    });
    return query.size === 0 ? '/calls' : `/calls?${query}`;
  };
  return (
    <div className="flex flex-none items-end gap-4 border-b border-line px-5 phone:px-4">
      <nav aria-label="Views" className="no-scrollbar flex min-w-0 flex-1 gap-4 overflow-x-auto">
        {views.map((view) => (
          <Link
            key={view.label}
            href={address(view.status, props.assistantId)}
            aria-current={view.status === props.status ? 'page' : undefined}
            className="py-[9px] font-med whitespace-nowrap text-ink-3 no-underline -outline-offset-2 aria-[current=page]:text-ink aria-[current=page]:shadow-[inset_0_-2px_0_var(--accent)]"
          >
            {view.label}
          </Link>
        ))}
      </nav>
      <span className="relative my-1.5 w-56 flex-none narrow:w-44 phone:hidden">
        <Input
          ref={props.field}
          type="search"
          aria-label="Find in these calls"
          placeholder="Caller, assistant, outcome"
          value={props.words}
          onChange={(event) => props.onWords(event.target.value)}
          onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
          className="pr-7"
        />
        <span className="pointer-events-none absolute top-1/2 right-2 flex -translate-y-1/2">
          <Kbd>/</Kbd>
        </span>
      </span>
      {props.assistants.length > 0 && (
        <Select
          aria-label="Assistant"
          className="my-1.5 w-44 flex-none phone:w-36"
          value={props.assistantId ?? ''}
          onChange={(event) => router.push(address(props.status, event.target.value || null))}
        >
          <option value="">Every assistant</option>
          {props.assistants.map((assistant) => (
            <option key={assistant.id} value={assistant.id}>
              {assistant.name}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
