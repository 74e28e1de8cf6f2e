'use client';
import { copyMomentLink } from '#src/components/call/copy-moment-link.ts';
import type { Looking } from '#src/components/call/use-looking.ts';
import type { Review } from '#src/components/call/use-review.ts';
import { useHotkeys } from '#src/components/shell/hotkeys.ts';
import { panWindow, zoomWindow } from '#src/lib/timeline/window.ts';

/** The keys by which a call is walked through, heard, and looked at from near and far. */
export function useCallKeys({ looking, review, nowMs }: { looking: Looking; review: Review; nowMs: number }): void {
  const seekBy = (seconds: number) => looking.seek(Math.min(nowMs, Math.max(0, looking.playheadMs + seconds * 1000)));
  const zoomBy = (factor: number) => looking.setWindow(zoomWindow(looking.window, factor, looking.playheadMs));
  const panBy = (part: number) => looking.setWindow(panWindow(looking.window, looking.window.length * part, nowMs));
  useHotkeys({
    j: () => looking.next(1),
    k: () => looking.next(-1),
    ']': () => looking.nextTool(1),
    '[': () => looking.nextTool(-1),
    e: looking.nextProblem,
    l: looking.follow,
    c: () => void copyMomentLink(looking),
    arrowright: (event) => seekBy(event.shiftKey ? 5 : 1),
    arrowleft: (event) => seekBy(event.shiftKey ? -5 : -1),
    ' ': (event) => {
      // A focused button is pressed by the same key.
      if (!review.toggle || (event.target instanceof Element && event.target.closest('button,a'))) return;
      event.preventDefault();
      review.toggle();
    },
    ',': () => panBy(-0.25),
    '.': () => panBy(0.25),
    '+': () => zoomBy(1 / 1.5),
    '-': () => zoomBy(1.5),
    '0': looking.fit,
  });
}
