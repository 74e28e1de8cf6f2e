import type { HeardFigures } from '#src/lib/calls/recording.ts';

/** A voice may begin its sentence with a little silence; the recording and the log mean the same answer all the same. */
const samePlaceMs = 500;

/** How long the caller waited for the answer that began at a moment, as heard on the recording, ms; null where it was not measured. */
export function heardReply(heard: HeardFigures | null, atMs: number): number | null {
  const near = heard?.replies.filter(({ at }) => Math.abs(at - atMs) <= samePlaceMs) ?? [];
  const [nearest] = near.sort((a, b) => Math.abs(a.at - atMs) - Math.abs(b.at - atMs));
  return nearest?.ms ?? null;
}
