'use client';
import Link from 'next/link';
import { useTransition } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { FollowUp } from '#src/lib/follow-ups/follow-up.ts';
import { followUpWords } from '#src/lib/follow-ups/follow-up-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type FollowUpActions = {
  finish: (id: string) => Promise<ActionResult>;
  reopen: (id: string) => Promise<ActionResult>;
};

/** One thing to follow up: what, of which moment, and who did it when. */
export function FollowUpRow(props: {
  followUp: FollowUp;
  /** Names the call; left out where it is the page's own. */
  withCall?: boolean;
  mayFinish: boolean;
  actions: FollowUpActions;
}) {
  const { followUp, actions } = props;
  const [working, start] = useTransition();
  const run = (act: (id: string) => Promise<ActionResult>, undo: boolean) =>
    start(async () => {
      const done = await act(followUp.id);
      if (!done.ok) toast(done.problem.message);
      else if (undo) toast('Done.', () => run(actions.reopen, false));
    });
  const isDone = followUp.doneAt !== null;
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)_auto] items-baseline gap-x-2 border-b border-line px-5 py-2 last:border-b-0 phone:px-4">
      <Glyph kind={isDone ? 'ok' : 'waiting'} />
      <div className="min-w-0">
        <p className={isDone ? 'text-ink-3' : 'text-ink'}>{visibleText(followUpWords(followUp))}</p>
        <p className="flex flex-wrap gap-x-2 text-sm text-ink-3">
          <Link href={momentHref(followUp)} className="link">
            {props.withCall
              ? `${visibleText(followUp.callerName)} with ${visibleText(followUp.assistantName)}`
              : 'Show the moment'}
          </Link>
          <LocalTime at={followUp.at} />
          {followUp.note && <span className="min-w-0 break-words">{visibleText(followUp.note)}</span>}
          {followUp.doneAt && (
            <span>
              Done by {visibleText(followUp.doneBy ?? 'someone')}, <LocalTime at={followUp.doneAt} />
            </span>
          )}
        </p>
      </div>
      {props.mayFinish && (
        <Button
          size="sm"
          kind={isDone ? 'ghost' : undefined}
          disabled={working}
          onClick={() => (isDone ? run(actions.reopen, false) : run(actions.finish, true))}
        >
          {isDone ? 'Open again' : 'Done'}
        </Button>
      )}
    </li>
  );
}

function momentHref({ callId, callAtMs, toolCallId }: FollowUp): string {
  const query = new URLSearchParams({
    ...(callAtMs === null ? {} : { t: (Math.max(0, callAtMs) / 1000).toFixed(1) }),
    ...(toolCallId === null ? {} : { item: toolCallId }),
  });
  return query.size === 0 ? `/calls/${callId}` : `/calls/${callId}?${query}`;
}
