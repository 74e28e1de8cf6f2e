'use client';
import { memo } from 'react';
import { TranscriptItem, type TranscriptProps } from '#src/components/transcript/transcript-item.tsx';

/** What was said, with the tool calls where they happened. */
export const Transcript = memo(function Transcript(props: TranscriptProps) {
  return (
    <ol aria-live="polite" aria-relevant="additions" className="py-1.5">
      {props.items.map((item) => (
        <li key={item.id} id={`item-${item.id}`}>
          <TranscriptItem {...props} item={item} />
        </li>
      ))}
    </ol>
  );
});
