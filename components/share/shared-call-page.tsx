'use client';
import { useMemo } from 'react';
import { CallPanes } from '#src/components/call/call-panes.tsx';
import { copyMomentLink } from '#src/components/call/copy-moment-link.ts';
import { FlagStrip } from '#src/components/call/flag-strip.tsx';
import { readLog } from '#src/components/call/read-log.ts';
import { useCallKeys } from '#src/components/call/use-call-keys.ts';
import { useLooking } from '#src/components/call/use-looking.ts';
import { useOpened } from '#src/components/call/use-opened.ts';
import { useReview } from '#src/components/call/use-review.ts';
import { useSteadyLooking } from '#src/components/call/use-steady-looking.ts';
import { SharedBar } from '#src/components/share/shared-bar.tsx';
import { SharedEvidence } from '#src/components/share/shared-evidence.tsx';
import { SharedHeader } from '#src/components/share/shared-header.tsx';
import { Timeline } from '#src/components/timeline/timeline.tsx';
import { Toaster } from '#src/components/ui/toaster.tsx';
import { phoneQuery, useMedia } from '#src/components/ui/use-media.ts';
import { type SharedCall, sharedView } from '#src/lib/links/shared-call.ts';

export type SharedCallPageProps = {
  call: SharedCall;
  /** The path of this page: the recording is below it. */
  address: string;
  moment: { atMs: number | null; item: string | null };
};

/** A call for whoever has its link: the call's page without anything that belongs to the team. */
export function SharedCallPage(props: SharedCallPageProps) {
  const opened = useOpened(props.call.log);
  return (
    <main className="relative flex h-dvh min-w-0 flex-col bg-surface phone:h-auto phone:min-h-dvh">
      {opened ? (
        <OpenSharedCall {...props} />
      ) : (
        <p role="status" className="px-5 py-4 text-ink-3">
          Opening a long call…
        </p>
      )}
      <Toaster />
    </main>
  );
}

function OpenSharedCall({ call, address, moment }: SharedCallPageProps) {
  const view = useMemo(() => sharedView(readLog(call.log), call.findings), [call]);
  const nowMs = view.ending?.at ?? view.lastAt;
  const phone = useMedia(phoneQuery);
  const looking = useLooking(view, nowMs, false, phone, moment);
  const { choose, seek } = useSteadyLooking(looking);
  const recordingAt = `${address}/recording`;
  const review = useReview({
    address: recordingAt,
    view,
    live: false,
    known: call.recording,
    looking,
    nowMs,
    found: call.findings.flags,
  });
  useCallKeys({ looking, review, nowMs });
  return (
    <>
      <SharedHeader
        assistantName={call.assistantName}
        placedAt={call.placedAt}
        view={view}
        flags={review.flags}
        lengthMs={nowMs}
        onCopyLink={() => void copyMomentLink(looking)}
      />
      <FlagStrip flags={review.flags} onSeek={seek} onChoose={choose} />
      <Timeline
        view={view}
        recording={review.recording}
        flags={review.flags}
        player={review.player}
        onPlay={review.toggle}
        window={looking.window}
        onWindow={looking.setWindow}
        nowMs={nowMs}
        live={false}
        following={false}
        onFollow={looking.follow}
        onFit={looking.fit}
        playheadMs={looking.playheadMs}
        onSeek={seek}
        chosen={looking.shown}
        onChoose={choose}
      />
      <CallPanes
        view={view}
        evidence={
          <SharedEvidence
            item={looking.item}
            payloads={call.payloads}
            heard={review.recording?.heard ?? null}
            onSeek={seek}
            onChoose={choose}
          />
        }
        agentName={call.assistantName}
        live={false}
        looking={looking}
        review={review}
        partial={null}
      />
      <SharedBar review={review} address={recordingAt} expiresAt={call.expiresAt} />
    </>
  );
}
