/** The part of the clock that a timeline shows, in ms from t = 0. */
export type TimeWindow = { from: number; length: number };

const shortest = 2_000;
const longest = 4 * 3_600_000;

/** Shows all of a call, with a little room at the end. */
export function fitWindow(durationMs: number, leastMs = 20_000): TimeWindow {
  return { from: 0, length: Math.max(leastMs, durationMs * 1.06) };
}

/** Keeps now at four fifths of the width, once the call has grown that far. */
export function followWindow(window: TimeWindow, nowMs: number): TimeWindow {
  return { from: Math.max(0, nowMs - window.length * 0.8), length: window.length };
}

/** Zooms by `factor` (below 1 is closer) and leaves `aroundMs` where it is. */
export function zoomWindow(window: TimeWindow, factor: number, aroundMs: number): TimeWindow {
  const length = Math.min(longest, Math.max(shortest, window.length * factor));
  const from = aroundMs - (aroundMs - window.from) * (length / window.length);
  return { from: Math.max(0, from), length };
}

/** Moves by `byMs`, not beyond the start and not past `endMs`. */
export function panWindow(window: TimeWindow, byMs: number, endMs: number): TimeWindow {
  const last = Math.max(0, endMs - window.length * 0.5);
  return { from: Math.min(last, Math.max(0, window.from + byMs)), length: window.length };
}

/** What is drawn around a window, so that it can be moved for a while without drawing anything again. */
export function nearWindow(window: TimeWindow): TimeWindow {
  return { from: window.from - window.length, length: window.length * 3 };
}

/** Moves as little as needed for `atMs` to be seen. */
export function revealInWindow(window: TimeWindow, atMs: number): TimeWindow {
  const margin = window.length * 0.08;
  if (atMs < window.from + margin) return { from: Math.max(0, atMs - margin), length: window.length };
  const to = window.from + window.length - margin;
  return atMs > to ? { from: window.from + atMs - to, length: window.length } : window;
}

const steps = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000];

/** Round moments to write on the ruler, at most `most` of them. */
export function ticks(window: TimeWindow, most = 10): number[] {
  const step = steps.find((one) => window.length / one <= most) ?? 7_200_000;
  const first = Math.ceil(window.from / step);
  const last = Math.floor((window.from + window.length) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step);
}
