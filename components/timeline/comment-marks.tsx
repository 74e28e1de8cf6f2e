'use client';
import { MessageSquare } from 'lucide-react';
import { memo } from 'react';
import { placeStyle } from '#src/components/timeline/place.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import type { CallComment } from '#src/lib/calls/annotation.ts';
import { visibleText } from '#src/lib/visible-text.ts';
import styles from './timeline.module.css';

/** More would lie over each other. */
const mostMarks = 50;
const mostChars = 200;

/** Where people of the team said something of a call, on its ruler; by keys the same moments are reached from the notes. */
export const CommentMarks = memo(function CommentMarks(props: {
  comments: readonly CallComment[];
  onSeek: (ms: number) => void;
}) {
  const placed = props.comments.flatMap((comment) => (comment.at === null ? [] : [{ ...comment, at: comment.at }]));
  return placed.slice(0, mostMarks).map((comment) => {
    const words = visibleText(`${comment.author}: ${comment.text}`).slice(0, mostChars);
    return (
      <button
        key={comment.id}
        type="button"
        tabIndex={-1}
        title={words}
        aria-label={words}
        onClick={() => props.onSeek(comment.at)}
        style={placeStyle(comment.at)}
        className={classNames(
          styles.at,
          'z-10 -ml-2 grid size-[18px] place-items-center rounded-1 bg-surface text-accent',
        )}
      >
        <MessageSquare size={12} strokeWidth={2} aria-hidden="true" className="fill-accent-soft" />
      </button>
    );
  });
});
