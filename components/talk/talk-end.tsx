import { Phone } from 'lucide-react';
import { AccountFrame } from '#src/components/account/account-frame.tsx';
import { CallButton } from '#src/components/talk/call-button.tsx';
import type { Problem } from '#src/lib/action-result.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** After a call: thanks, and the way to the next one where the link allows it. */
export function TalkEnd(props: { assistantName: string; answered: boolean; over: Problem | null; onCall: () => void }) {
  const name = visibleText(props.assistantName);
  return (
    <AccountFrame
      title={props.answered ? 'Thank you' : 'Nobody answered'}
      hint={
        props.answered ? `Your call with ${name} is over.` : `${name} did not come to the phone. Try again in a minute.`
      }
    >
      {props.over ? (
        <p className="text-ink-2">
          {props.over.message} {props.over.hint}
        </p>
      ) : (
        <CallButton autoFocus onClick={props.onCall}>
          <Phone size={18} aria-hidden="true" /> Call again
        </CallButton>
      )}
    </AccountFrame>
  );
}

/** The connection to a call is gone, and the call may still go on. */
export function TalkLost({ problem, onJoin }: { problem: Problem | null; onJoin: () => void }) {
  return (
    <AccountFrame
      title="The connection is lost"
      hint={problem ? `${problem.message} ${problem.hint ?? ''}` : 'The line is kept open for half a minute.'}
    >
      <CallButton autoFocus onClick={onJoin}>
        <Phone size={18} aria-hidden="true" /> Come back into the call
      </CallButton>
    </AccountFrame>
  );
}
