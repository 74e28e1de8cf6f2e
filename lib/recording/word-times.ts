import type { Span } from '#src/lib/calls/call-item.ts';

/** A word with its place in the text, in characters, and about when it was said, ms from t = 0. */
export type TimedWord = { from: number; to: number; at: number };

/**
 * When the words of a turn were said: as `measured` for each of them, else the turn's speaking time is spread over its words by their
 * length. Pauses between the stretches of speaking are left out.
 */
export function wordTimes(text: string, spans: readonly Span[], measured: readonly number[] = []): TimedWord[] {
  const heard = spans.map(({ from, to }) => ({ from, length: Math.max(0, (to ?? from) - from) }));
  const wholeMs = heard.reduce((sum, { length }) => sum + length, 0);
  const words = [...text.matchAll(/\S+/gu)];
  return words.map(({ 0: word, index }, nth) => ({
    from: index,
    to: index + word.length,
    at:
      (words.length === measured.length ? measured[nth] : undefined) ??
      momentOf(heard, (wholeMs * index) / Math.max(1, text.length)),
  }));
}

/** The moment at which so many ms were spoken. */
function momentOf(heard: readonly { from: number; length: number }[], spokenMs: number): number {
  let left = spokenMs;
  for (const { from, length } of heard) {
    if (left < length) return Math.round(from + left);
    left -= length;
  }
  const last = heard.at(-1);
  return last ? Math.round(last.from + last.length) : 0;
}
