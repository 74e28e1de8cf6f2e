import type { CSSProperties } from 'react';
import type { Span } from '#src/lib/calls/call-item.ts';

/** Where a thing stands on the clock, as the custom properties that the timeline's style sheet reads. */
export function placeStyle(from: number, to?: number | null): CSSProperties {
  return { '--a': from, ...(to === null || to === undefined ? {} : { '--b': Math.max(from, to) }) };
}

/** Marks what goes on: the timeline draws it out to the clock. */
export function openMark(to: number | null): { 'data-open'?: true } {
  return to === null ? { 'data-open': true } : {};
}

export function spanStyle(span: Span): CSSProperties {
  return placeStyle(span.from, span.to);
}
