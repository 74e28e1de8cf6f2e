import { decide } from '#src/lib/rehearsal/dialogue.ts';
import type { DialogueSetup } from '#src/lib/rehearsal/dialogue-state.ts';
import type { HistoryItem } from '#src/lib/rehearsal/history.ts';
import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';
import { openToolbox } from '#src/lib/rehearsal/tool-match.ts';

export type TalkOptions = {
  tools: readonly RehearsalTool[];
  phrases?: readonly string[];
  /** What a tool answers: an object becomes JSON. */
  answers?: Record<string, unknown>;
};

/** A Friday evening, on which all conversations of the tests take place. */
export const testEvening = new Date(2026, 4, 1, 18);

export function setupOf({ tools, phrases = [] }: TalkOptions): DialogueSetup {
  const toolbox = openToolbox(tools, phrases, testEvening);
  return {
    toolbox,
    greeting: 'Hello, how can I help?',
    rehearsalPhrases: phrases,
    safeSentence: 'I could not do that just now.',
    now: testEvening,
  };
}

/** A conversation for tests: each line that is said is answered until the assistant waits for the caller again. */
export function talk(options: TalkOptions) {
  const setup = setupOf(options);
  const history: HistoryItem[] = [];
  const calls: string[] = [];
  return {
    setup,
    history,
    /** Tools called so far, as `name {"its":"arguments"}`. */
    calls,
    /** Says a line and returns what the assistant says. With `heardWords` only so many words of it are heard. */
    say(text: string, heardWords = Number.POSITIVE_INFINITY): string {
      history.push({ type: 'caller', text });
      for (let round = 0; round < 5; round++) {
        const decision = decide(setup, history);
        if (decision.type === 'say') {
          const heard = decision.text.split(' ').slice(0, heardWords).join(' ');
          if (heard) history.push({ type: 'agent', text: heard });
          return decision.text;
        }
        const answer = options.answers?.[decision.tool] ?? {};
        const id = `call-${calls.length}`;
        calls.push(`${decision.tool} ${JSON.stringify(decision.arguments)}`);
        history.push({ type: 'tool-call', id, tool: decision.tool, arguments: decision.arguments });
        history.push({ type: 'tool-result', id, text: typeof answer === 'string' ? answer : JSON.stringify(answer) });
      }
      throw new Error('The dialogue calls tools without end.');
    },
  };
}
