'use client';
import { memo } from 'react';
import { mostBars } from '#src/components/timeline/dense-lane.tsx';
import { Lane } from '#src/components/timeline/lane.tsx';
import { placeStyle } from '#src/components/timeline/place.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import type { CallNote } from '#src/lib/calls/call-item.ts';
import type { TimeWindow } from '#src/lib/timeline/window.ts';
import { visibleText } from '#src/lib/visible-text.ts';
import styles from './timeline.module.css';

/** What happened between the turns; where there is no room for all, what is wrong. */
export const NoticeLane = memo(function NoticeLane(props: {
  notes: readonly CallNote[];
  near: TimeWindow;
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const { near, chosen, onChoose } = props;
  const notes = props.notes.flatMap((note) =>
    note.at !== null && note.at >= 0 && note.tone !== 'end' ? [{ ...note, at: note.at }] : [],
  );
  if (notes.length === 0) return null;
  const shown = notes.filter(({ at }) => at >= near.from && at <= near.from + near.length);
  const drawn = shown.length > mostBars ? shown.filter(({ tone }) => tone !== 'quiet').slice(0, mostBars) : shown;
  return (
    <Lane label="Notices" height={14} bare>
      {drawn.map((note, index) => (
        <button
          key={note.id}
          type="button"
          tabIndex={index === 0 ? 0 : -1}
          title={visibleText(note.text)}
          aria-label={visibleText(note.text)}
          aria-current={chosen === note.id ? 'true' : undefined}
          onClick={() => onChoose(note.id)}
          style={placeStyle(note.at)}
          className={classNames(
            styles.at,
            'top-px -ml-[5px] size-3 rotate-45 rounded-[2px] border-[3px] border-surface aria-[current]:outline-2 aria-[current]:outline-accent',
            note.tone === 'failed' ? 'bg-fail-fill' : note.tone === 'waiting' ? 'bg-write-fill' : 'bg-line-strong',
          )}
        />
      ))}
    </Lane>
  );
});
