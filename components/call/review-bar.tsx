'use client';
import { DownloadRecording } from '#src/components/call/download-recording.tsx';
import { HeardFacts } from '#src/components/call/heard-facts.tsx';
import { PlaySpeed } from '#src/components/call/play-speed.tsx';
import { Strip } from '#src/components/call/strip.tsx';
import { usePlayerState } from '#src/components/call/use-player.ts';
import type { Review } from '#src/components/call/use-review.ts';
import { Button, ButtonLink } from '#src/components/ui/button.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { Kbd } from '#src/components/ui/kbd.tsx';
import type { Problem } from '#src/lib/action-result.ts';

/** The bar of a call that this browser only looks at. */
export function ReviewBar(props: {
  callId: string;
  live: boolean;
  mine: boolean;
  problem: Problem | null;
  onJoin: () => void;
  assistantId: string;
  review: Review;
}) {
  const { review } = props;
  const { failed } = usePlayerState(review.player);
  const heard = review.recording?.heard;
  return (
    <section aria-label="About this page" className="flex-none border-t border-line bg-bg">
      {props.live && props.mine && (
        <Strip
          tone="waiting"
          act={
            <Button size="sm" kind="primary" onClick={props.onJoin}>
              Join again
            </Button>
          }
        >
          {props.problem ? (
            <>
              <b className="font-med">{props.problem.message}</b> {props.problem.hint}
            </>
          ) : (
            'The call goes on, but this browser is not in it.'
          )}
        </Strip>
      )}
      {failed && (
        <Strip tone="failed" alert>
          The browser could not play the recording. The transcript and the tool log are still here; the recording can be
          downloaded.
        </Strip>
      )}
      <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1 px-5 py-[7px] text-sm text-ink-3 phone:px-4">
        {props.live ? (
          <span className="phone:hidden">You are watching. The caller does not notice.</span>
        ) : heard ? (
          <HeardFacts heard={heard} />
        ) : (
          <span className="flex items-center gap-2.5 phone:hidden">
            <Glyph kind="ok" label={false} /> The transcript and the tool log are kept.
          </span>
        )}
        {review.toggle && (
          <>
            <PlaySpeed player={review.player} />
            <DownloadRecording address={`/api/v1/calls/${encodeURIComponent(props.callId)}/recording`} />
          </>
        )}
        {!props.live && (
          <span className="narrow:hidden">
            <ButtonLink href={`/assistants/${props.assistantId}`} kind="ghost" size="sm">
              Open the assistant
            </ButtonLink>
          </span>
        )}
        <span className="flex-1" />
        <span className="flex items-center gap-1.5 narrow:hidden">
          {review.toggle && (
            <>
              <Kbd>space</Kbd> play
            </>
          )}
          {!heard && (
            <>
              <Kbd>J</Kbd>
              <Kbd>K</Kbd> next, previous item <Kbd>[</Kbd>
              <Kbd>]</Kbd> tool calls
            </>
          )}
          <Kbd>?</Kbd> all keys
        </span>
      </div>
    </section>
  );
}
