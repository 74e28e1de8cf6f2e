import type { Room } from '@livekit/rtc-node';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import type { Ending } from '#src/server/agent/call-ending.ts';
import type { CallSession } from '#src/server/agent/call-session.ts';
import { onControlMessage } from '#src/server/agent/control-messages.ts';
import type { LiveQuestions } from '#src/server/agent/live-questions.ts';
import type { PendingWrites } from '#src/server/agent/pending-writes.ts';
import type { ServerContext } from '#src/server/agent/server-context.ts';
import type { SilenceWatch } from '#src/server/agent/silence-watch.ts';
import type { Supervision } from '#src/server/agent/supervision.ts';

/** The parts of a call that someone outside of it can tell something. */
export type Controlled = {
  ending: Ending;
  pending: PendingWrites;
  questions: LiveQuestions;
  supervision: Supervision;
  context: ServerContext;
  session: CallSession;
  silence: SilenceWatch;
  servers: readonly FrozenServer[];
  /** Something that is waited for was decided. */
  decided: () => void;
  onProblem: (code: string) => void;
};

/** Does what the server tells a call: hang up, say or think of something, take a decision of a person. */
export function obeyControl(room: Room, call: Controlled): void {
  const { ending, pending, questions, supervision, context, session, silence, onProblem } = call;
  onControlMessage(room, (message) => {
    switch (message.type) {
      case 'end':
        return ending.end({ status: 'ended', reason: message.reason });
      case 'approval':
        pending.decide(message.toolCallId, message.approved, message.by);
        return call.decided();
      case 'answer':
        return questions.answer(message.questionId, message);
      case 'watching':
        return questions.watching();
      case 'listening':
        return supervision.expect(message.identity, message.by);
      case 'whisper':
        return supervision.whisper(message.text, message.by);
      case 'notice': {
        const from = call.servers.find(({ id }) => id === message.serverId);
        if (!from?.limits.maySpeak) return;
        context.told(from.name, message.text);
        return void session.sayWhenQuiet(message.text, 'prompt').catch(() => onProblem('notice-lost'));
      }
      case 'text':
        silence.callerActed();
        return void session.typed(message.text).catch(() => onProblem('typed-lost'));
    }
  });
}
