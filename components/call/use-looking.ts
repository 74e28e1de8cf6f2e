'use client';
import { useMemo, useState } from 'react';
import type { CallItem } from '#src/lib/calls/call-item.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';
import { fitWindow, followWindow, revealInWindow, type TimeWindow } from '#src/lib/timeline/window.ts';

const phoneWindowMs = 30_000;

/** Where in a call someone looks: the window of the timeline, the playhead, the chosen item, and whether all follow the live edge. */
export function useLooking(
  view: CallView,
  nowMs: number,
  live: boolean,
  phone: boolean,
  start: { atMs: number | null; item: string | null },
) {
  const [chosen, setChosen] = useState<string | null>(start.item);
  const [playhead, setPlayhead] = useState<number | null>(start.atMs);
  const [following, setFollowing] = useState(live && start.atMs === null && start.item === null);
  const [window, setWindow] = useState<TimeWindow>(() => fitWindow(live ? 60_000 : nowMs));
  const [fitted, setFitted] = useState(false);
  if (phone && !fitted) {
    // A whole call does not fit a hand's width: the first look is from near.
    setFitted(true);
    setWindow(revealInWindow({ from: 0, length: Math.min(phoneWindowMs, window.length) }, start.atMs ?? 0));
  }
  const follows = live && following;
  const newest = view.tools.at(-1)?.id ?? null;
  // Looking back begins with what went wrong, else with the first tool call.
  const first = live
    ? null
    : following
      ? newest
      : ((view.tools.find((tool) => tool.failure) ?? view.tools[0])?.id ?? null);
  const shown = chosen ?? (follows ? newest : first);
  const playheadMs = playhead ?? (live ? nowMs : 0);
  const item = useMemo(() => view.items.findLast((one) => one.id === shown) ?? null, [view.items, shown]);
  const steps = () => view.items.filter((one) => one.kind !== 'note' || one.detail !== null);

  const look = (ms: number) => {
    setPlayhead(ms);
    setFollowing(false);
    setWindow((now) => revealInWindow(follows ? followWindow(now, nowMs) : now, ms));
  };
  const choose = (id: string) => {
    const item = view.items.find((one) => one.id === id);
    setChosen(id);
    if (item) look(item.at ?? 0);
  };
  const stepIn = (among: CallItem[], by: 1 | -1) => {
    const here = among.findIndex((item) => item.id === shown);
    const next = here >= 0 ? among[here + by] : byPlace(among, playheadMs, by);
    if (next) choose(next.id);
  };

  return {
    shown,
    /** What a person chose, not what is shown by default. */
    chosen,
    item,
    playheadMs,
    following: follows,
    window: follows ? followWindow(window, nowMs) : window,
    setWindow: (next: TimeWindow) => {
      setWindow(next);
      // Zooming stays at the live edge; moving away from it is looking back.
      if (follows && next.from + next.length * 0.98 < nowMs) setFollowing(false);
    },
    fit: () => setWindow(fitWindow(nowMs)),
    seek: look,
    choose,
    next: (by: 1 | -1) => stepIn(steps(), by),
    nextTool: (by: 1 | -1) => stepIn(view.tools, by),
    nextProblem: () => {
      const problems = steps().filter(isProblem);
      const after = problems.find((item) => (item.at ?? 0) > playheadMs && item.id !== shown) ?? problems[0];
      if (after) choose(after.id);
    },
    /** The playhead stays where playing ended; nothing else moves. */
    rest: (ms: number) => setPlayhead(ms),
    follow: () => {
      setFollowing(true);
      setPlayhead(null);
      setChosen(null);
    },
  };
}
export type Looking = ReturnType<typeof useLooking>;

function byPlace(items: CallItem[], ms: number, by: 1 | -1): CallItem | undefined {
  return by === 1
    ? (items.find((item) => (item.at ?? 0) >= ms) ?? items.at(-1))
    : (items.findLast((item) => (item.at ?? 0) <= ms) ?? items[0]);
}

function isProblem(item: CallItem): boolean {
  if (item.kind === 'tool') return item.failure !== null;
  if (item.kind === 'note') return item.tone === 'failed';
  if (item.kind === 'agent') return item.claims.some((claim) => claim.proof === null);
  return !item.understood;
}
