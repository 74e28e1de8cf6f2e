import { useNow } from '#src/components/call/use-now.ts';
import { clockTime } from '#src/lib/time-words.ts';

/** How long a call has gone on since `since`, ms since the epoch; a part of its own, so that the rest is not drawn with every tick. */
export function Elapsed({ since }: { since: number | null }) {
  const now = useNow(since !== null, 0);
  return (
    <span className="mono text-ink-2" role="timer" aria-label="The call has lasted">
      {since === null ? '–' : clockTime(Math.max(0, now - since))}
    </span>
  );
}
