import type { Span } from '#src/lib/calls/call-item.ts';

/** Things that lie on the clock, in an order in which a stretch of them is found at once. */
export type SpanIndex<T> = { readonly items: readonly { item: T; span: Span }[]; readonly longestMs: number };

/** Puts things in the order of the clock. What goes on is taken to reach to the end. */
export function spanIndex<T>(things: readonly T[], spanOf: (thing: T) => Span): SpanIndex<T> {
  const items = things.map((item) => ({ item, span: spanOf(item) })).sort((a, b) => a.span.from - b.span.from);
  let longestMs = 0;
  for (const { span } of items) longestMs = Math.max(longestMs, (span.to ?? Number.POSITIVE_INFINITY) - span.from);
  return { items, longestMs };
}

/** The things of which something lies between two moments, ms, in their order. */
export function between<T>({ items, longestMs }: SpanIndex<T>, from: number, to: number): { item: T; span: Span }[] {
  const first = Number.isFinite(longestMs) ? firstFrom(items, from - longestMs) : 0;
  const found: { item: T; span: Span }[] = [];
  for (let i = first; i < items.length; i++) {
    const entry = items[i];
    if (!entry || entry.span.from > to) break;
    if ((entry.span.to ?? Number.POSITIVE_INFINITY) >= from) found.push(entry);
  }
  return found;
}

/** The last thing that began before a moment; undefined before the first. */
export function lastBefore<T>({ items }: SpanIndex<T>, ms: number): { item: T; span: Span } | undefined {
  return items[firstFrom(items, ms + 0.001) - 1];
}

function firstFrom(items: SpanIndex<unknown>['items'], ms: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle]?.span.from ?? 0) < ms) low = middle + 1;
    else high = middle;
  }
  return low;
}
