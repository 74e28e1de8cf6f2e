'use client';
import { DownloadRecording } from '#src/components/call/download-recording.tsx';
import { HeardFacts } from '#src/components/call/heard-facts.tsx';
import { PlaySpeed } from '#src/components/call/play-speed.tsx';
import { Strip } from '#src/components/call/strip.tsx';
import { usePlayerState } from '#src/components/call/use-player.ts';
import type { Review } from '#src/components/call/use-review.ts';
import { LocalTime } from '#src/components/ui/local-time.tsx';

/** The foot of a shared call: what can be heard of it, and what this page is. */
export function SharedBar({ review, address, expiresAt }: { review: Review; address: string; expiresAt: string }) {
  const { failed } = usePlayerState(review.player);
  const heard = review.recording?.heard;
  return (
    <footer className="flex-none border-t border-line bg-bg">
      {failed && (
        <Strip tone="failed" alert>
          The browser could not play the recording. The transcript is still here.
        </Strip>
      )}
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 px-5 py-[7px] text-sm text-ink-3 phone:px-4">
        {heard && <HeardFacts heard={heard} />}
        {review.toggle && (
          <>
            <PlaySpeed player={review.player} />
            <DownloadRecording address={address} />
          </>
        )}
        <span className="flex-1" />
        <span>
          Shared with you by link, until <LocalTime at={expiresAt} as="moment" />. Card numbers, e-mail addresses and
          phone numbers are taken out of the text.
        </span>
      </div>
    </footer>
  );
}
