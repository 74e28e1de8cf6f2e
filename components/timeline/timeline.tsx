'use client';
import { Minus, Plus, Scan } from 'lucide-react';
import { type PointerEvent, useEffect, useEffectEvent, useRef } from 'react';
import { Lanes } from '#src/components/timeline/lanes.tsx';
import { Legend } from '#src/components/timeline/legend.tsx';
import { placeStyle } from '#src/components/timeline/place.ts';
import { Button } from '#src/components/ui/button.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import { Kbd } from '#src/components/ui/kbd.tsx';
import { phoneQuery, useMedia } from '#src/components/ui/use-media.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';
import { clockTime } from '#src/lib/time-words.ts';
import { panWindow, type TimeWindow, ticks, zoomWindow } from '#src/lib/timeline/window.ts';
import styles from './timeline.module.css';

/** Everything that happened on one clock. The wheel zooms, dragging moves, a click on the ruler moves the playhead. */
export function Timeline(props: {
  view: CallView;
  window: TimeWindow;
  onWindow: (window: TimeWindow) => void;
  nowMs: number;
  live: boolean;
  following: boolean;
  onFollow: () => void;
  onFit: () => void;
  playheadMs: number;
  onSeek: (ms: number) => void;
  chosen: string | null;
  onChoose: (id: string) => void;
}) {
  const { window, nowMs, live, view } = props;
  const phone = useMedia(phoneQuery);
  const grid = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; moved: boolean } | null>(null);

  const onWheel = useEffectEvent((event: WheelEvent) => {
    if (!grid.current) return;
    event.preventDefault();
    const { deltaX, deltaY, shiftKey } = event;
    const sideways = shiftKey ? deltaX + deltaY : deltaX;
    if (shiftKey || Math.abs(deltaX) > Math.abs(deltaY)) {
      props.onWindow(panWindow(window, (sideways / trackOf(grid.current).width) * window.length, nowMs));
    } else {
      props.onWindow(zoomWindow(window, 1.0015 ** deltaY, momentAt(grid.current, event.clientX, window)));
    }
  });
  useEffect(() => {
    const element = grid.current;
    // React listens passively, and then the page would scroll along.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);

  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    if (!drag.current) return;
    const by = event.clientX - drag.current.x;
    if (!drag.current.moved && Math.abs(by) < 4) return;
    if (!drag.current.moved) event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, moved: true };
    props.onWindow(panWindow(window, (-by / trackOf(event.currentTarget).width) * window.length, nowMs));
  };

  const middle = window.from + window.length / 2;
  return (
    <section
      aria-label="Timeline"
      className="relative flex-none overflow-x-clip border-b border-line bg-surface select-none"
    >
      <div className="flex items-center gap-2 px-5 pt-1.5 pb-1 text-sm text-ink-3 phone:px-4">
        <span className="font-mono text-md font-med text-ink">{clockTime(props.playheadMs)}</span>
        <span>
          / {clockTime(nowMs)}
          {live && ' live'}
        </span>
        {live && !props.following && (
          <Button size="sm" onClick={props.onFollow}>
            Jump to live <Kbd>L</Kbd>
          </Button>
        )}
        <Legend />
        <span className="flex gap-0.5 phone:ml-auto">
          <Button
            kind="ghost"
            size="sm"
            square
            aria-label="Further away (−)"
            onClick={() => props.onWindow(zoomWindow(window, 1.5, middle))}
          >
            <Minus size={13} aria-hidden="true" />
          </Button>
          <Button
            kind="ghost"
            size="sm"
            square
            aria-label="Closer (+)"
            onClick={() => props.onWindow(zoomWindow(window, 1 / 1.5, middle))}
          >
            <Plus size={13} aria-hidden="true" />
          </Button>
          <Button kind="ghost" size="sm" square aria-label="The whole call (0)" onClick={props.onFit}>
            <Scan size={13} aria-hidden="true" />
          </Button>
        </span>
      </div>
      <div
        ref={grid}
        className={classNames(styles.grid, 'cursor-grab active:cursor-grabbing')}
        style={{ '--w0': window.from, '--wl': window.length, '--now': nowMs }}
        onPointerDown={(event) => {
          drag.current = { x: event.clientX, moved: false };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={(event) => {
          const moved = drag.current?.moved;
          drag.current = null;
          if (moved || (event.target instanceof Element && event.target.closest('button'))) return;
          props.onSeek(Math.min(nowMs, Math.max(0, momentAt(event.currentTarget, event.clientX, window))));
        }}
        onPointerCancel={() => {
          drag.current = null;
        }}
      >
        <div className={styles.lane} style={{ height: 18 }}>
          <span />
          <div className="relative h-full" data-track>
            {ticks(window, phone ? 5 : 10).map((at) => (
              <span
                key={at}
                style={placeStyle(at)}
                className={classNames(styles.at, 'top-0.5 -translate-x-1/2 font-mono text-[10.5px] text-ink-3')}
              >
                {clockTime(at)}
              </span>
            ))}
          </div>
        </div>
        <Lanes view={view} chosen={props.chosen} onChoose={props.onChoose} lengthMs={window.length} />
        <div className={styles.overlay} aria-hidden="true">
          {live ? (
            <i
              style={placeStyle(nowMs)}
              className={classNames(
                styles.at,
                'top-[18px] bottom-0 w-[3000px] border-l-[1.5px] border-ink bg-surface/80',
              )}
            />
          ) : (
            view.ending && (
              <i
                style={placeStyle(view.ending.at)}
                className={classNames(
                  styles.at,
                  'top-[18px] bottom-0 w-[3000px] border-l border-dashed border-control bg-control/10',
                )}
              />
            )
          )}
          {!(live && props.following) && (
            <i
              style={placeStyle(props.playheadMs)}
              className={classNames(styles.at, 'inset-y-0 border-l-[1.5px] border-accent not-italic')}
            >
              <b className="absolute top-px -left-px rounded-r-1 bg-accent px-[5px] font-mono text-[10.5px] leading-4 font-med text-on-accent">
                {clockTime(props.playheadMs)}
              </b>
            </i>
          )}
        </div>
      </div>
    </section>
  );
}

function trackOf(grid: HTMLElement): DOMRect {
  return (grid.querySelector('[data-track]') ?? grid).getBoundingClientRect();
}

function momentAt(grid: HTMLElement, clientX: number, window: TimeWindow): number {
  const track = trackOf(grid);
  return window.from + ((clientX - track.left) / track.width) * window.length;
}
