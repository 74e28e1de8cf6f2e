'use client';
import { useRef, useState } from 'react';
import { CallFilters } from '#src/components/calls/call-filters.tsx';
import { CallTable, type ListedCall } from '#src/components/calls/call-table.tsx';
import { useHotkeys } from '#src/components/shell/hotkeys.ts';
import { Button, ButtonLink } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import type { CallStatus } from '#src/lib/calls/call.ts';
import { endedWords } from '#src/lib/calls/ended-words.ts';

/** The list of calls with its filters; words narrow down what is shown at once. */
export function CallList(props: {
  calls: ListedCall[];
  older: string | null;
  status: CallStatus | null;
  assistantId: string | null;
  assistants: { id: string; name: string }[];
}) {
  const [words, setWords] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useHotkeys({
    '/': (event) => {
      event.preventDefault();
      field.current?.focus();
    },
  });
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = props.calls.filter(({ call }) => {
    const text = [
      call.caller.name,
      call.assistantName,
      endedWords(call.endedReason),
      call.failure?.message,
      call.id,
      call.status,
    ]
      .join(' ')
      .toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
  return (
    <>
      <CallFilters
        status={props.status}
        assistantId={props.assistantId}
        assistants={props.assistants}
        words={words}
        onWords={setWords}
        field={field}
      />
      <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
        {shown.length > 0 ? (
          <CallTable calls={shown} older={props.older} />
        ) : words !== '' ? (
          <Empty
            title={`No call shown here has “${words}”`}
            act={<Button onClick={() => setWords('')}>Leave it out</Button>}
          >
            Callers, assistants and outcomes of the calls on this page were looked at.
          </Empty>
        ) : (
          <Empty title="No call matches" act={<ButtonLink href="/calls">Show all calls</ButtonLink>}>
            {props.status ? 'Leave out the view to see more.' : 'Leave out the assistant to see more.'}
          </Empty>
        )}
      </div>
    </>
  );
}
