'use client';
import type { KeyboardEvent, ReactNode } from 'react';
import { classNames } from '#src/components/ui/class-names.ts';
import styles from './timeline.module.css';

/** One row of the timeline: a list of buttons. Arrow keys move inside it, tab leaves it. */
export function Lane(props: {
  label: string;
  height: number;
  bare?: boolean;
  /** It is a drawing of just the window: it does not move with what was drawn around it. */
  still?: boolean;
  /** Stands behind what moves. */
  behind?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.lane} style={{ height: props.height }}>
      <span className="truncate pr-1 text-xs text-ink-3">{props.label}</span>
      {/* biome-ignore lint/a11y/useSemanticElements: the bars are placed freely, a list element would add nothing */}
      <div
        role="group"
        aria-label={props.label}
        onKeyDown={moveInLane}
        className={classNames(styles.track, !props.bare && 'bg-sunken')}
      >
        {props.behind}
        {props.still ? (
          props.children
        ) : (
          <div data-layer className={styles.layer}>
            {props.children}
          </div>
        )}
      </div>
    </div>
  );
}

function moveInLane(event: KeyboardEvent<HTMLDivElement>) {
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
  if (step === 0) return;
  const bars = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const here = bars.findIndex((bar) => bar.matches(':focus'));
  const next = bars[here + step];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}
