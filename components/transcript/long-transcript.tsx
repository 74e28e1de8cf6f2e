'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type RefObject, useCallback, useEffect, useEffectEvent, useLayoutEffect } from 'react';
import { TranscriptItem, type TranscriptProps } from '#src/components/transcript/transcript-item.tsx';

/** With more rows than this, only those in sight are in the page. */
export const longTranscript = 400;
const usualRowPx = 46;
const rowsAbove = 4;

/** The transcript of a call of hours: the rows in sight, in a list as high as all of them. */
export const LongTranscript = memo(function LongTranscript(
  props: TranscriptProps & {
    pane: RefObject<HTMLElement | null>;
    /** It opens there, else at the row that was chosen. */
    atEnd: boolean;
    /** The row that somebody chose: it is brought into sight. */
    goTo: string | null;
    /** Rows are as high as they are only once they are drawn: the end may move after it was gone to. */
    onGrown: () => void;
  },
) {
  const { items, pane, goTo, nowId } = props;
  const placeOf = (id: string | null) => (id === null ? -1 : items.findIndex((item) => item.id === id));
  // A new function would have every row placed again.
  const keyOf = useCallback((index: number) => items[index]?.id ?? index, [items]);
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => pane.current,
    estimateSize: () => usualRowPx,
    overscan: 10,
    getItemKey: keyOf,
    initialRect: { width: 700, height: 800 },
    // A call that grew long under someone's eyes stays where it is.
    initialOffset: () =>
      pane.current?.scrollTop ?? usualRowPx * (props.atEnd ? items.length : Math.max(0, placeOf(goTo) - rowsAbove)),
  });
  const show = useEffectEvent((id: string | null) => {
    const index = placeOf(id);
    if (index >= 0) rows.scrollToIndex(index, { align: 'auto' });
  });
  const heightPx = rows.getTotalSize();
  const grown = useEffectEvent((_px: number) => props.onGrown());
  useLayoutEffect(() => grown(heightPx), [heightPx]);
  useEffect(() => show(goTo), [goTo]);
  useEffect(() => show(nowId), [nowId]);
  return (
    <ol aria-label={`${items.length} rows`} className="relative my-1.5" style={{ height: heightPx }}>
      {rows.getVirtualItems().map(({ key, index, start }) => {
        const item = items[index];
        return (
          item && (
            <li
              key={key}
              id={`item-${item.id}`}
              data-index={index}
              ref={rows.measureElement}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <TranscriptItem {...props} item={item} />
            </li>
          )
        );
      })}
    </ol>
  );
});
