'use client';
import { PhoneOff } from 'lucide-react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { AfterCallList } from '#src/components/call/after-call-list.tsx';
import { ApprovalCards, type Approve } from '#src/components/call/approval-card.tsx';
import { CallHeader } from '#src/components/call/call-header.tsx';
import { createCallLog } from '#src/components/call/call-log.ts';
import { CallPanes } from '#src/components/call/call-panes.tsx';
import { callIsOver, callToRejoin, startCall } from '#src/components/call/call-session.ts';
import { copyMomentLink } from '#src/components/call/copy-moment-link.ts';
import { type Erase, EraseButton } from '#src/components/call/erase-button.tsx';
import { FlagStrip } from '#src/components/call/flag-strip.tsx';
import { LiveBar } from '#src/components/call/live-bar.tsx';
import { type NoteActions, NotesCard } from '#src/components/call/notes-card.tsx';
import { type AnswerQuestion, QuestionCards } from '#src/components/call/question-cards.tsx';
import { readLog } from '#src/components/call/read-log.ts';
import { ReviewBar } from '#src/components/call/review-bar.tsx';
import { SeenBy } from '#src/components/call/seen-by.tsx';
import { inCall } from '#src/components/call/session-state.ts';
import { Strip } from '#src/components/call/strip.tsx';
import { type SuperviseActions, SuperviseBar } from '#src/components/call/supervise-bar.tsx';
import { TestCallButton } from '#src/components/call/test-call-button.tsx';
import { useCallKeys } from '#src/components/call/use-call-keys.ts';
import { useLooking } from '#src/components/call/use-looking.ts';
import { useNow } from '#src/components/call/use-now.ts';
import { useOpened } from '#src/components/call/use-opened.ts';
import { useReview } from '#src/components/call/use-review.ts';
import { useCallSession } from '#src/components/call/use-session.ts';
import { useSteadyLooking } from '#src/components/call/use-steady-looking.ts';
import { Evidence } from '#src/components/evidence/evidence.tsx';
import { FollowUpCard } from '#src/components/follow-ups/follow-up-card.tsx';
import type { FollowUpActions } from '#src/components/follow-ups/follow-up-row.tsx';
import { ShareButton } from '#src/components/share/share-button.tsx';
import type { ShareActions } from '#src/components/share/share-dialog.tsx';
import { Timeline } from '#src/components/timeline/timeline.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { phoneQuery, useMedia } from '#src/components/ui/use-media.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Annotations } from '#src/lib/calls/annotation.ts';
import type { Call, PlacedCall } from '#src/lib/calls/call.ts';
import type { CallEvent, CallEventType } from '#src/lib/calls/call-event.ts';
import type { CallLook } from '#src/lib/calls/call-look.ts';
import { createGrowingView } from '#src/lib/calls/growing-view.ts';
import type { Recording } from '#src/lib/calls/recording.ts';
import type { FollowUp } from '#src/lib/follow-ups/follow-up.ts';
import type { Link } from '#src/lib/links/link.ts';
import type { AfterCallRun } from '#src/lib/mcp/after-call-run.ts';

export type CallActions = {
  join: (callId: string) => Promise<ActionResult<PlacedCall>>;
  end: (callId: string) => Promise<ActionResult>;
  sendText: (callId: string, text: string) => Promise<ActionResult>;
  decideApproval: Approve;
  answerQuestion: AnswerQuestion;
  /** Set for whoever may erase. */
  erase: Erase | null;
} & ShareActions &
  NoteActions &
  FollowUpActions &
  SuperviseActions;

export type CallPageProps = {
  call: Call;
  /** The events as JSON. */
  log: string;
  recording: Recording | null;
  /** What the team tells callers before a recorded call; empty: nothing. */
  consent: string;
  afterCall: AfterCallRun[];
  followUps: FollowUp[];
  notes: Annotations;
  /** Who looked at this call. */
  looks: CallLook[];
  /** The share links, for whoever may make them. */
  links: Link[] | null;
  mayAnnotate: boolean;
  /** The server's clock when it rendered the page, ms; the browser's may differ. */
  serverNow: number;
  mayControl: boolean;
  /** Set for whoever may listen and whisper. */
  supervise: { rehearsal: boolean } | null;
  /** The assistant is still there and may be called again. */
  mayCall: boolean;
  /** True when the one who looks placed this call in a browser. */
  mine: boolean;
  moment: { atMs: number | null; item: string | null };
  actions: CallActions;
};

const noEvents: readonly CallEvent[] = [];
const everything = () => true;
/** Whoever speaks in the call does not see who listens to it, until it is over. */
const withoutListeners = (type: CallEventType) => !type.startsWith('supervisor-');

/** One page for a call, while it goes on and afterwards: only the bar at its edge differs. */
export function CallPage(props: CallPageProps) {
  const opened = useOpened(props.log);
  if (opened) return <OpenCallPage {...props} />;
  return (
    <p role="status" className="px-5 py-4 text-ink-3">
      Opening a long call…
    </p>
  );
}

function OpenCallPage(props: CallPageProps) {
  const { call, actions, mine } = props;
  const [stored] = useState(() => readLog(props.log));
  const [log] = useState(() => createCallLog(call.id, stored));
  const first = useMemo(() => ({ events: stored, connection: 'off' as const }), [stored]);
  const { events, connection } = useSyncExternalStore(log.subscribe, log.get, () => first);
  const session = useCallSession();
  const taking = inCall(session) && session.callId === call.id;
  const [viewOf] = useState(() => ({
    team: createGrowingView(everything),
    caller: createGrowingView(withoutListeners),
  }));
  const view = useMemo(() => viewOf[taking ? 'caller' : 'team'](events), [viewOf, events, taking]);
  const live = view.ending === null && call.status !== 'ended' && call.status !== 'failed';

  const [skew] = useState(() => (typeof window === 'undefined' ? 0 : Date.now() - props.serverNow));
  const wall = useNow(live && view.zeroAt !== null, (view.zeroAt ?? 0) + view.lastAt + skew);
  const nowMs = view.ending?.at ?? Math.max(view.lastAt, view.zeroAt === null ? 0 : wall - skew - view.zeroAt);

  const phone = useMedia(phoneQuery);
  const looking = useLooking(view, nowMs, live, phone, props.moment);
  const { choose, seek } = useSteadyLooking(looking);
  const review = useReview({
    address: `/api/v1/calls/${encodeURIComponent(call.id)}/recording`,
    view,
    live,
    known: props.recording,
    looking,
    nowMs,
  });

  const join = () => void startCall(call.assistantName, () => actions.join(call.id));
  useEffect(() => {
    // After a reload this tab comes back into its call by itself; the server keeps the place for a while.
    if (live && mine && callToRejoin() === call.id) void startCall(call.assistantName, () => actions.join(call.id));
  }, [live, mine, call.id, call.assistantName, actions]);

  useEffect(() => {
    if (!live) callIsOver(call.id);
  }, [live, call.id]);

  useCallKeys({ looking, review, nowMs });

  return (
    <>
      <CallHeader
        call={call}
        view={view}
        flags={review.flags}
        live={live}
        nowMs={nowMs}
        onCopyLink={() => void copyMomentLink(looking)}
        acts={
          live ? (
            !taking &&
            props.mayControl && (
              <Button onClick={() => void actions.end(call.id)}>
                <PhoneOff size={14} aria-hidden="true" /> End call
              </Button>
            )
          ) : (
            <>
              {props.mayCall && <TestCallButton assistant={{ id: call.assistantId, name: call.assistantName }} />}
              {props.links && (
                <ShareButton
                  callId={call.id}
                  links={props.links}
                  recorded={review.recording !== null && review.recording.state !== 'deleted'}
                  actions={actions}
                />
              )}
              {actions.erase && <EraseButton callId={call.id} erase={actions.erase} />}
            </>
          )
        }
      />
      {connection === 'lost' && live && (
        <Strip tone="waiting">
          The page lost its connection and is trying again. Nothing will be missing when it is back.
        </Strip>
      )}
      {live && props.mayControl && (
        <ApprovalCards callId={call.id} tools={view.tools} approve={actions.decideApproval} onShow={looking.choose} />
      )}
      {live && props.mayControl && (
        <QuestionCards callId={call.id} questions={view.questions} answer={actions.answerQuestion} />
      )}
      {!live && <FlagStrip flags={review.flags} onSeek={seek} onChoose={choose} />}
      <Timeline
        view={view}
        recording={review.recording}
        flags={review.flags}
        comments={props.notes.comments}
        player={review.player}
        onPlay={review.toggle}
        window={looking.window}
        onWindow={looking.setWindow}
        nowMs={nowMs}
        live={live}
        following={looking.following}
        onFollow={looking.follow}
        onFit={looking.fit}
        playheadMs={looking.playheadMs}
        onSeek={seek}
        chosen={looking.shown}
        onChoose={choose}
      />
      <CallPanes
        evidence={
          <Evidence
            item={looking.item}
            callId={call.id}
            // Only of what was said more is known than its item tells.
            events={looking.item?.kind === 'agent' ? events : noEvents}
            heard={review.recording?.heard ?? null}
            onSeek={seek}
            onChoose={choose}
          />
        }
        view={view}
        agentName={call.assistantName}
        live={live}
        looking={looking}
        review={review}
        // What the agent says is in the log as soon.
        partial={taking && session.partial?.who === 'caller' ? session.partial : null}
      />
      <FollowUpCard followUps={props.followUps} made={view.followUps} mayFinish={props.mayControl} actions={actions} />
      <NotesCard
        callId={call.id}
        notes={props.notes}
        playheadMs={looking.playheadMs}
        onSeek={seek}
        mayWrite={props.mayAnnotate}
        actions={actions}
      />
      <AfterCallList runs={props.afterCall} live={live} />
      {!live && <SeenBy looks={props.looks} />}
      {live && !taking && props.supervise && (
        <SuperviseBar callId={call.id} rehearsal={props.supervise.rehearsal} actions={actions} />
      )}
      {live && taking ? (
        <LiveBar
          consent={props.consent}
          session={session}
          callId={call.id}
          end={actions.end}
          sendText={actions.sendText}
        />
      ) : (
        <ReviewBar
          callId={call.id}
          review={review}
          live={live}
          mine={mine}
          problem={session.callId === call.id || session.callId === null ? session.problem : null}
          onJoin={join}
          assistantId={call.assistantId}
        />
      )}
    </>
  );
}
