'use client';
import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { Cord } from '#src/components/call/cord.tsx';
import type { Looking } from '#src/components/call/use-looking.ts';
import { usePlayed } from '#src/components/call/use-player.ts';
import type { Review } from '#src/components/call/use-review.ts';
import { LongTranscript, longTranscript } from '#src/components/transcript/long-transcript.tsx';
import { Transcript } from '#src/components/transcript/transcript.tsx';
import { phoneQuery, useMedia } from '#src/components/ui/use-media.ts';
import type { Partial } from '#src/lib/calls/call.ts';
import type { AgentTurn, CallerTurn } from '#src/lib/calls/call-item.ts';
import type { CallView } from '#src/lib/calls/call-view.ts';
import { lastBefore, type SpanIndex, spanIndex } from '#src/lib/timeline/span-index.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** The transcript on the left, the evidence of what is chosen on the right; on a phone under its row. */
export function CallPanes(props: {
  view: CallView;
  /** What is known of the chosen item. */
  evidence: ReactNode;
  agentName: string;
  live: boolean;
  looking: Looking;
  review: Review;
  partial: Partial | null;
}) {
  const { view, looking, review, evidence } = props;
  const phone = useMedia(phoneQuery);
  const panes = useRef<HTMLDivElement>(null);
  const transcript = useRef<HTMLElement>(null);
  const end = useRef({ followed: true, topPx: 0 });
  const latest = useRef({ looking, review });
  useEffect(() => {
    latest.current = { looking, review };
  });
  const choose = useCallback((id: string) => latest.current.looking.choose(id), []);
  const seek = useCallback((ms: number) => latest.current.looking.seek(ms), []);
  const playFrom = useCallback((ms: number) => latest.current.review.playFrom?.(ms), []);
  const turnAt = useMemo(() => turnFinder(view.caller, view.agent), [view.caller, view.agent]);
  const nowId = usePlayed(review.player, (ms) => (ms === null ? null : turnAt(ms)));

  const count = view.items.length;
  const long = count > longTranscript;
  const stayAtEnd = useCallback(() => {
    const pane = transcript.current;
    // Reading further up is never interrupted.
    if (latest.current.looking.following && end.current.followed && pane) pane.scrollTop = pane.scrollHeight;
  }, []);
  useEffect(() => {
    if (!looking.following) return;
    // To follow the call again is to go to its end.
    end.current.followed = true;
    stayAtEnd();
  }, [looking.following, stayAtEnd]);
  useEffect(() => {
    if (count > 0) stayAtEnd();
  }, [count, stayAtEnd]);
  useEffect(() => {
    if (looking.chosen && !looking.following) {
      document.getElementById(`item-${looking.chosen}`)?.scrollIntoView({ block: 'nearest' });
    }
  }, [looking.chosen, looking.following]);
  useEffect(() => {
    if (nowId !== null) document.getElementById(`item-${nowId}`)?.scrollIntoView({ block: 'nearest' });
  }, [nowId]);

  const below = phone && looking.chosen !== null && (
    <div className="mx-3 mt-1 mb-2.5 rounded-2 border border-accent ring-1 ring-accent">{evidence}</div>
  );
  const rows = {
    items: view.items,
    agentName: props.agentName,
    chosen: phone ? looking.chosen : looking.shown,
    onChoose: choose,
    onSeek: seek,
    nowId,
    onPlayFrom: review.playFrom === null ? null : playFrom,
    below,
  };
  return (
    <div ref={panes} className="relative grid min-h-0 flex-1 grid-cols-[minmax(0,1.12fr)_minmax(0,1fr)] phone:block">
      <section
        ref={transcript}
        aria-label="Transcript"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
        tabIndex={0}
        onScroll={(event) => {
          const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
          // Only who goes up leaves the end: it goes away by itself when rows turn out to be higher.
          if (scrollHeight - scrollTop - clientHeight < 40) end.current.followed = true;
          else if (scrollTop < end.current.topPx - 1) end.current.followed = false;
          end.current.topPx = scrollTop;
        }}
        className={`thin-scroll relative overflow-auto border-r border-line pb-5 -outline-offset-2 phone:border-0 ${long ? 'phone:max-h-[70dvh]' : 'phone:overflow-visible'}`}
      >
        {count === 0 && (
          <p className="px-5 py-4 text-ink-3">{props.live ? 'The agent is on its way.' : 'Nothing was said.'}</p>
        )}
        {long ? (
          <LongTranscript
            {...rows}
            pane={transcript}
            atEnd={looking.following}
            goTo={looking.following ? null : looking.chosen}
            onGrown={stayAtEnd}
          />
        ) : (
          <Transcript {...rows} />
        )}
        {props.live && (
          <p className="flex items-center gap-2.5 py-2.5 pr-4 pl-[58px] text-sm text-ink-3 after:flex-1 after:border-t after:border-line">
            {props.partial ? (
              <span className="text-ink-2">
                {props.partial.who === 'caller' ? 'Caller' : props.agentName}: {visibleText(props.partial.text)}…
              </span>
            ) : view.unfinished.some((span) => span.to === null) ? (
              'Caller is speaking…'
            ) : (
              'Live'
            )}
          </p>
        )}
      </section>
      <section
        data-evidence
        aria-label="Evidence"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard
        tabIndex={0}
        className="thin-scroll min-w-0 overflow-auto -outline-offset-2 phone:hidden"
      >
        {!phone && evidence}
      </section>
      <Cord panes={panes} chosen={phone ? null : looking.shown} />
    </div>
  );
}

/** Finds the turn that is heard at a moment. Nothing is prepared before someone plays the recording. */
function turnFinder(caller: readonly CallerTurn[], agent: readonly AgentTurn[]): (ms: number) => string | null {
  let turns: SpanIndex<CallerTurn | AgentTurn> | null = null;
  return (ms) => {
    turns ??= spanIndex([...caller, ...agent], ({ at }) => ({ from: at, to: at }));
    return lastBefore(turns, ms)?.item.id ?? null;
  };
}
