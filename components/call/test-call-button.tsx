'use client';
import { Phone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { startCall } from '#src/components/call/call-session.ts';
import { placeTestCall } from '#src/components/call/place-test-call.ts';
import { loadLiveKit } from '#src/components/call/room.ts';
import { inCall, sessionStore } from '#src/components/call/session-state.ts';
import { useCallSession } from '#src/components/call/use-session.ts';
import { useHotkeys } from '#src/components/shell/hotkeys.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Kbd } from '#src/components/ui/kbd.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import { toast } from '#src/components/ui/toast-store.ts';

/** Calls an assistant in this browser. The page changes while the call is being placed, not before and not after. */
export function TestCallButton(props: {
  assistant: { id: string; name: string };
  big?: boolean;
  /** Brings what must be saved first in order; false holds the call back. */
  before?: () => Promise<boolean>;
}) {
  const { assistant } = props;
  const router = useRouter();
  const session = useCallSession();
  const busy = inCall(session);
  const here = busy && session.callId === null && session.assistantName === assistant.name;
  useEffect(() => {
    const idle = globalThis.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 200));
    idle(() => void loadLiveKit());
  }, []);
  const call = async () => {
    if (props.before && !(await props.before())) return;
    await startCall(
      assistant.name,
      () => placeTestCall(assistant.id),
      (callId) => router.push(`/calls/${callId}`),
    );
    const { phase, callId, problem } = sessionStore.get();
    if (!props.big && phase === 'lost' && callId === null && problem) toast(`${problem.message} ${problem.hint ?? ''}`);
  };
  useHotkeys({ t: () => void call() });
  const failed = session.phase === 'lost' && session.callId === null && session.assistantName === assistant.name;
  return (
    <div className={props.big ? 'grid gap-2' : 'contents'}>
      <Button
        kind="primary"
        disabled={busy}
        title={busy && !here ? 'You are in another call.' : undefined}
        onClick={() => void call()}
        className={props.big ? 'h-[52px] w-full gap-2.5 rounded-3 text-lg' : ''}
      >
        <Phone size={props.big ? 18 : 15} aria-hidden="true" />
        {here ? 'Calling…' : 'Test call'}
        {!busy && <Kbd onAccent>T</Kbd>}
      </Button>
      {props.big && failed && <ProblemNote problem={session.problem} />}
    </div>
  );
}
