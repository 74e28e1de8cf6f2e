'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useState } from 'react';
import { AccountFrame } from '#src/components/account/account-frame.tsx';
import { callToRejoin, startCall } from '#src/components/call/call-session.ts';
import { loadLiveKit } from '#src/components/call/room.ts';
import { inCall, sessionStore, setSession } from '#src/components/call/session-state.ts';
import { useCallSession } from '#src/components/call/use-session.ts';
import { TalkCall } from '#src/components/talk/talk-call.tsx';
import { TalkEnd, TalkLost } from '#src/components/talk/talk-end.tsx';
import { TalkStart } from '#src/components/talk/talk-start.tsx';
import { Toaster } from '#src/components/ui/toaster.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import type { PlacedCall } from '#src/lib/calls/call.ts';
import type { RejoinedTalk, Talk } from '#src/lib/links/talk.ts';

export type TalkActions = {
  place: () => Promise<ActionResult<PlacedCall>>;
  rejoin: (callId: string) => Promise<ActionResult<RejoinedTalk>>;
  sendText: (callId: string, text: string) => Promise<ActionResult>;
  end: (callId: string) => Promise<ActionResult>;
};

/** All that someone with a tester link sees: before, in and after a call. `talk` is null where the link is `over`. */
export function TalkPage({ talk, over, actions }: { talk: Talk | null; over: Problem | null; actions: TalkActions }) {
  const router = useRouter();
  const session = useCallSession();
  const [hungUp, setHungUp] = useState(false);
  /** How long the call went on before this page came back into it, ms. */
  const [beforeMs, setBeforeMs] = useState(0);
  const { phase, callId } = session;

  const call = () => {
    setHungUp(false);
    setBeforeMs(0);
    void startCall(talk?.assistantName ?? '', actions.place);
  };
  const rejoin = (id: string) => {
    void startCall(sessionStore.get().assistantName, async () => {
      const back = await actions.rejoin(id);
      if (!back.ok) return back;
      setBeforeMs(back.value.runningMs);
      setSession({ assistantName: back.value.assistantName });
      return { ok: true, value: back.value.placed };
    });
  };
  const comeBack = useEffectEvent(() => {
    const id = callToRejoin();
    if (id) rejoin(id);
  });
  useEffect(() => {
    void loadLiveKit();
    // After a reload this tab comes back into its call by itself; the server keeps the place for a while.
    comeBack();
  }, []);
  useEffect(() => {
    // May the link be called by once more?
    if (phase === 'ended') router.refresh();
  }, [phase, router]);

  return (
    <>
      {inCall(session) ? (
        <TalkCall
          session={session}
          beforeMs={beforeMs}
          consent={talk?.consent ?? ''}
          sendText={actions.sendText}
          end={(id) => {
            setHungUp(true);
            return actions.end(id);
          }}
        />
      ) : phase === 'lost' && callId ? (
        <TalkLost problem={session.problem} onJoin={() => rejoin(callId)} />
      ) : phase === 'ended' ? (
        <TalkEnd
          assistantName={session.assistantName}
          answered={hungUp || session.answeredAt !== null}
          over={over}
          onCall={call}
        />
      ) : talk ? (
        <TalkStart talk={talk} session={session} onCall={call} />
      ) : (
        <AccountFrame title={over?.message ?? ''}>
          <p className="text-ink-2">{over?.hint}</p>
        </AccountFrame>
      )}
      <Toaster />
    </>
  );
}
