import type { CallClock } from '#src/server/agent/call-clock.ts';
import type { CallSession } from '#src/server/agent/call-session.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import { failureWords } from '#src/server/agent/failure-words.ts';
import type { HearingHooks } from '#src/server/agent/hearing.ts';
import type { SilenceWatch } from '#src/server/agent/silence-watch.ts';

export type HearCallerOptions = {
  /** Asked for late: the session is made with what hears. */
  session: () => CallSession;
  events: EventWriter;
  clock: CallClock;
  silence: SilenceWatch;
  partial: (text: string) => void;
  phrases: { apology: string; slowTool: string };
  onProblem: (code: string) => void;
};

/** Noise goes on and on; after two questions a third would only add to it. */
const mostQuestions = 2;
/** A sound into an answer that is shorter and makes no sense is no attempt to speak. */
const mostCoughMs = 900;

/** What happens when the caller is heard, half heard, or not heard. `understood` begins the counting of questions anew. */
export function hearCaller(options: HearCallerOptions): { hooks: HearingHooks; understood(): void } {
  const { events, clock, partial } = options;
  let asked = 0;
  let intoAnswer = false;
  const hooks: HearingHooks = {
    speechStarted() {
      options.silence.callerActed();
      intoAnswer = options.session().agentState === 'speaking';
      events.write('caller-speech-started', {}, { turnId: options.session().turnId });
    },
    speechEnded(ms) {
      events.write('caller-speech-ended', { ms }, { turnId: options.session().turnId });
    },
    partial,
    notUnderstood(heard, ms) {
      // A cough or a "mm-hm" into an answer: the answer goes on by itself.
      if (intoAnswer && ms < mostCoughMs) return partial('');
      const session = options.session();
      const ids = { turnId: session.turnId, at: clock.now() };
      partial('');
      void session.callerGoesOn().then((goesOn) => {
        if (goesOn) return;
        events.write('caller-not-understood', { heard: heard.text, confidence: heard.confidence }, ids);
        if (session.agentState !== 'listening') return;
        session.dropTurn();
        asked += 1;
        if (asked <= mostQuestions) session.say(askAgain(heard.text), 'prompt');
      });
    },
    late() {
      void options
        .session()
        .sayWhenQuiet(options.phrases.slowTool, 'filler')
        .catch(() => options.onProblem('filler-lost'));
    },
    lost(error) {
      const session = options.session();
      events.write('speech-lost', { part: 'hearing', ...failureWords(error) }, { turnId: session.turnId });
      void session.sayWhenQuiet(options.phrases.apology, 'apology').catch(() => options.onProblem('apology-lost'));
    },
  };
  return {
    hooks,
    understood() {
      asked = 0;
      partial('');
    },
  };
}

function askAgain(heard: string): string {
  return heard
    ? `I heard: ${heard}. I am not sure that is right. Could you say it again, or type it?`
    : 'Sorry, I did not catch that. You can also type.';
}
