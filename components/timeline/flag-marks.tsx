'use client';
import { Flag as FlagIcon } from 'lucide-react';
import { memo } from 'react';
import { placeStyle } from '#src/components/timeline/place.ts';
import { classNames } from '#src/components/ui/class-names.ts';
import type { Flag } from '#src/lib/flags/flag.ts';
import styles from './timeline.module.css';

/** More would lie over each other. */
const mostMarks = 50;

/** What is wrong with a call, on its ruler. */
export const FlagMarks = memo(function FlagMarks(props: {
  flags: Flag[];
  onSeek: (ms: number) => void;
  onChoose: (id: string) => void;
}) {
  return props.flags.slice(0, mostMarks).map((flag) => (
    <button
      key={`${flag.code}${flag.at}`}
      type="button"
      tabIndex={-1}
      title={flag.reason}
      aria-label={flag.reason}
      onClick={() => (flag.itemId === null ? props.onSeek(flag.at) : props.onChoose(flag.itemId))}
      style={placeStyle(flag.at)}
      className={classNames(
        styles.at,
        'z-10 -ml-2 grid size-[18px] place-items-center rounded-1 bg-surface',
        flag.severity === 'broken' ? 'text-fail' : 'text-write',
      )}
    >
      <FlagIcon
        size={12}
        strokeWidth={2}
        aria-hidden="true"
        className={flag.severity === 'broken' ? 'fill-fail-soft' : ''}
      />
    </button>
  ));
});
