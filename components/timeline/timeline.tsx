'use client';
import { Minus, Pause, Play, Plus, Scan } from 'lucide-react';
import { type PointerEvent, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Player } from '#src/components/call/player.ts';
import { usePlayerState } from '#src/components/call/use-player.ts';
import { CommentMarks } from '#src/components/timeline/comment-marks.tsx';
import { FlagMarks } from '#src/components/timeline/flag-marks.tsx';
import { Lanes } from '#src/components/timeline/lanes.tsx';
import { Legend } from '#src/components/timeline/legend.tsx';
import { placeStyle } from '#src/components/timeline/place.ts';
import { PlayedTime, Playhead } from '#src/components/timeline/playhead.tsx';
import { SeenNow } from '#src/components/timeline/seen-now.ts';
import { type ShownRecording, Waveform } from '#src/components/timeline/waveform.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { classNames } from '#src/components/ui/class-names.ts';
import { Kbd } from '#src/components/ui/kbd.tsx';
import { phoneQuery, useMedia } from '#src/components/ui/use-media.ts';
import type { CallComment } from '#src/lib/calls/annotation.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';
import type { Flag } from '#src/lib/flags/flag.ts';
import { clockTime } from '#src/lib/time-words.ts';
import { nearWindow, panWindow, type TimeWindow, ticks, zoomWindow } from '#src/lib/timeline/window.ts';
import styles from './timeline.module.css';

const noComments: readonly CallComment[] = [];

/** Everything that happened on one clock. The wheel zooms, dragging moves, a click on the ruler moves the playhead. */
export function Timeline(props: {
  view: CallView;
  recording: ShownRecording | null;
  flags: Flag[];
  /** What people said of its moments; nobody did where it is left out. */
  comments?: readonly CallComment[];
  player: Player;
  /** Null where there is nothing to hear. */
  onPlay: (() => void) | null;
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
  const pinch = usePinch(props);
  const { playing } = usePlayerState(props.player);
  const [near, setNear] = useState(() => nearWindow(window));
  if (!holds(near, window)) setNear(nearWindow(window));

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
    if (pinch.move(event) || !drag.current) return;
    const by = event.clientX - drag.current.x;
    if (!drag.current.moved && Math.abs(by) < 4) return;
    if (!drag.current.moved) event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, moved: true };
    props.onWindow(panWindow(window, (-by / trackOf(event.currentTarget).width) * window.length, nowMs));
  };

  useLayoutEffect(() => {
    const width = `${(near.length / window.length) * 100}%`;
    const transform = `translateX(${((near.from - window.from) / near.length) * 100}%)`;
    for (const layer of grid.current?.querySelectorAll<HTMLElement>('[data-layer]') ?? [])
      Object.assign(layer.style, { width, transform });
    // Only what goes on reaches to the clock: as a style of the grid it would be a new one for each bar, ten times a second.
    for (const bar of grid.current?.querySelectorAll<HTMLElement>('[data-open]') ?? [])
      bar.style.setProperty('--now', String(nowMs));
  });

  // As many as fit, for all of what was drawn.
  const nearTicks = ticks(near, (phone ? 5 : 10) * 3).filter((at) => at >= 0);
  const seen = useMemo(() => ({ window, nowMs }), [window, nowMs]);
  const middle = window.from + window.length / 2;
  return (
    <section
      aria-label="Timeline"
      className="relative flex-none overflow-x-clip border-b border-line bg-surface select-none"
    >
      <div className="flex items-center gap-2 px-5 pt-1.5 pb-1 text-sm text-ink-3 phone:px-4">
        {props.onPlay && (
          <Button
            size="sm"
            square
            aria-label={playing ? 'Pause (space)' : 'Play (space)'}
            onClick={props.onPlay}
            className="phone:size-11"
          >
            {playing ? <Pause size={13} aria-hidden="true" /> : <Play size={13} aria-hidden="true" />}
          </Button>
        )}
        <span className="font-mono text-md font-med text-ink">
          <PlayedTime player={props.player} restMs={props.playheadMs} />
        </span>
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
        style={{ '--n0': near.from, '--nl': near.length }}
        onPointerDown={(event) => {
          if (pinch.down(event)) drag.current = null;
          else drag.current = { x: event.clientX, moved: false };
        }}
        onPointerMove={onPointerMove}
        onPointerUp={(event) => {
          const moved = drag.current?.moved ?? true;
          drag.current = null;
          if (pinch.up(event) || moved || (event.target instanceof Element && event.target.closest('button'))) return;
          props.onSeek(Math.min(nowMs, Math.max(0, momentAt(event.currentTarget, event.clientX, window))));
        }}
        onPointerCancel={(event) => {
          pinch.up(event);
          drag.current = null;
        }}
      >
        <div className={styles.lane} style={{ height: 18 }}>
          <span />
          <div className={classNames(styles.track, styles.ruler)} data-track>
            <div data-layer className={styles.layer}>
              {nearTicks.map((at) => (
                <span
                  key={at}
                  style={placeStyle(at)}
                  className={classNames(styles.at, 'top-0.5 -translate-x-1/2 font-mono text-[10.5px] text-ink-3')}
                >
                  {clockTime(at)}
                </span>
              ))}
              <CommentMarks comments={props.comments ?? noComments} onSeek={props.onSeek} />
              <FlagMarks flags={props.flags} onSeek={props.onSeek} onChoose={props.onChoose} />
            </div>
          </div>
        </div>
        {props.recording && <Waveform recording={props.recording} window={window} />}
        <SeenNow value={seen}>
          <Lanes
            view={view}
            heard={props.recording?.heard ?? null}
            chosen={props.chosen}
            onChoose={props.onChoose}
            near={near}
            lengthMs={near.length / 3}
          />
        </SeenNow>
        <div className={styles.overlay} aria-hidden="true">
          <div data-layer className={styles.layer}>
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
            {!(live && props.following) && <Playhead player={props.player} restMs={props.playheadMs} />}
          </div>
        </div>
      </div>
    </section>
  );
}

/** What was drawn reaches beyond the window on both sides, and is not far too much of it. */
function holds(near: TimeWindow, window: TimeWindow): boolean {
  const inside = window.from >= near.from && window.from + window.length <= near.from + near.length;
  return (
    (inside || (window.from < 1 && near.from < 1)) && near.length < window.length * 4 && near.length > window.length * 2
  );
}

/** Two fingers zoom around the point between them. Each handler answers whether the fingers are its own. */
function usePinch(props: { window: TimeWindow; onWindow: (window: TimeWindow) => void }) {
  const fingers = useRef(new Map<number, number>());
  const spread = () => {
    const [a, b] = [...fingers.current.values()];
    return a === undefined || b === undefined ? null : { apart: Math.max(24, Math.abs(a - b)), middle: (a + b) / 2 };
  };
  return {
    down(event: PointerEvent<HTMLDivElement>) {
      if (event.pointerType !== 'touch') return false;
      fingers.current.set(event.pointerId, event.clientX);
      return fingers.current.size > 1;
    },
    move(event: PointerEvent<HTMLDivElement>) {
      if (fingers.current.size < 2 || !fingers.current.has(event.pointerId)) return false;
      const before = spread();
      fingers.current.set(event.pointerId, event.clientX);
      const after = spread();
      if (!before || !after) return true;
      const around = momentAt(event.currentTarget, after.middle, props.window);
      props.onWindow(zoomWindow(props.window, before.apart / after.apart, around));
      return true;
    },
    up(event: PointerEvent<HTMLDivElement>) {
      const pinched = fingers.current.size > 1;
      fingers.current.delete(event.pointerId);
      return pinched;
    },
  };
}

function trackOf(grid: HTMLElement): DOMRect {
  return (grid.querySelector('[data-track]') ?? grid).getBoundingClientRect();
}

function momentAt(grid: HTMLElement, clientX: number, window: TimeWindow): number {
  const track = trackOf(grid);
  return window.from + ((clientX - track.left) / track.width) * window.length;
}
