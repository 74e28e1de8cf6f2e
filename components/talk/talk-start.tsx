import { Phone } from 'lucide-react';
import { AccountFrame } from '#src/components/account/account-frame.tsx';
import type { CallSession } from '#src/components/call/session-state.ts';
import { CallButton } from '#src/components/talk/call-button.tsx';
import { MicrophoneCheck } from '#src/components/talk/microphone-check.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { Problem } from '#src/lib/action-result.ts';
import type { Talk } from '#src/lib/links/talk.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** What will happen, a try of the microphone, and the button. */
export function TalkStart({ talk, session, onCall }: { talk: Talk; session: CallSession; onCall: () => void }) {
  const problem = placingProblem(session);
  return (
    <AccountFrame
      title={`Talk to ${visibleText(talk.assistantName)}`}
      hint={talk.linkName === '' ? undefined : `For ${visibleText(talk.linkName)}`}
    >
      <div className="grid gap-4">
        <p>You talk to a test assistant through your microphone, as on the phone. Typing works too.</p>
        <Recorded talk={talk} />
        <MicrophoneCheck session={session} />
        <ProblemNote problem={problem} />
        <CallButton onClick={onCall}>
          <Phone size={18} aria-hidden="true" /> {problem ? 'Try again' : 'Call'}
        </CallButton>
      </div>
    </AccountFrame>
  );
}

function Recorded({ talk }: { talk: Talk }) {
  if (!talk.recorded)
    return <p className="text-ink-2">The call is not recorded. What is said is kept in writing for those who test.</p>;
  return (
    <p className="text-ink-2">
      <b className="font-med text-ink">The call is recorded.</b> Those who test the assistant can listen to it and read
      it.
      {talk.consent !== '' && ` You will hear first: “${visibleText(talk.consent)}”`}
    </p>
  );
}

/** Why the last call was not placed. One that was over when this page came back into it is no problem; a microphone says its own. */
function placingProblem({ phase, problem }: CallSession): Problem | null {
  if (phase !== 'lost' || !problem || problem.code === 'call-over') return null;
  return problem.code.startsWith('microphone-') ? null : problem;
}
