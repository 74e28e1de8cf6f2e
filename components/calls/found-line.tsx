import Link from 'next/link';
import { Fragment } from 'react';
import { type FoundMoment, momentHref } from '#src/lib/calls/found-moment.ts';
import { clockTime } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

const who = { caller: 'Caller', agent: 'Agent', tool: 'Tool' };

/** The words that were searched, where they are in the call; leads to that moment. */
export function FoundLine({ callId, moment }: { callId: string; moment: FoundMoment }) {
  let place = 0;
  return (
    <Link
      href={momentHref(callId, moment)}
      className="relative z-[1] line-clamp-2 min-w-0 text-sm break-words text-ink-2 no-underline hover:underline"
    >
      <span className="mono text-xs text-ink-3">{moment.at === null ? '' : clockTime(moment.at)}</span>{' '}
      <span className="text-ink-3">{who[moment.kind]}:</span>{' '}
      {moment.parts.map(({ text, marked }) => {
        const key = place;
        place += text.length;
        return marked ? (
          <mark key={key} className="rounded-1 bg-write-soft px-0.5 font-med text-ink">
            {visibleText(text)}
          </mark>
        ) : (
          <Fragment key={key}>{visibleText(text)}</Fragment>
        );
      })}
    </Link>
  );
}
