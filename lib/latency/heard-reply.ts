import type { Span } from '#src/lib/calls/call-item.ts';
import type { HeardFigures } from '#src/lib/calls/recording.ts';

/** The log may tell of a turn a little after it is heard. */
const earlyMs = 500;

/**
 * How long the caller waited for an answer, as heard on the recording, ms; null where it was not measured. A voice may begin
 * with silence, or with a long one on a machine that has no time for it: the answer is what is heard first in its turn.
 */
export function heardReply(heard: HeardFigures | null, turn: Span): number | null {
  const to = turn.to ?? Number.POSITIVE_INFINITY;
  return heard?.replies.find(({ at }) => at >= turn.from - earlyMs && at <= to)?.ms ?? null;
}
