import { readBack } from '#src/lib/confirmation/read-back.ts';
import { readDecision, wasHeard } from '#src/lib/confirmation/read-decision.ts';
import { notDoneAnswer, waitingAnswer } from '#src/lib/confirmation/waiting-answer.ts';
import { confirmationWords } from '#src/lib/confirmation/words.ts';
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

/**
 * A conversation for tests: each line that is said is answered until the assistant waits for the caller again. A write is read back
 * and done on a yes, as in a call.
 */
export function talk(options: TalkOptions) {
  const setup = setupOf(options);
  const history: HistoryItem[] = [];
  const calls: string[] = [];
  const words = confirmationWords.en;
  let pending: { at: number; tool: string; args: Record<string, unknown>; readBack: string; heard: string } | null =
    null;
  const speak = (text: string, heardWords: number): string => {
    const heard = text.split(' ').slice(0, heardWords).join(' ');
    if (heard) history.push({ type: 'agent', text: heard });
    return heard;
  };
  const run = (tool: string, args: Record<string, unknown>) => {
    const answer = options.answers?.[tool] ?? {};
    const id = `call-${history.length}`;
    calls.push(`${tool} ${JSON.stringify(args)}`);
    history.push({ type: 'tool-call', id, tool, arguments: args });
    history.push({ type: 'tool-result', id, text: typeof answer === 'string' ? answer : JSON.stringify(answer) });
  };
  return {
    setup,
    history,
    /** Tools called so far, as `name {"its":"arguments"}`. */
    calls,
    /** Says a line and returns what the assistant says. With `heardWords` only so many words of it are heard. */
    say(text: string, heardWords = Number.POSITIVE_INFINITY): string {
      let before = '';
      if (pending) {
        const { at, tool, args, readBack: told, heard } = pending;
        const decision = wasHeard(told, heard) ? readDecision(text, words) : 'unheard';
        pending = null;
        if (decision !== 'yes') {
          const result = history[at];
          if (result?.type === 'tool-result') result.text = notDoneAnswer(told, decision);
          before = decision === 'unheard' ? `${words.again} ` : decision === 'other' ? `${words.yesOrNo} ` : '';
        }
        history.push({ type: 'caller', text });
        if (decision === 'yes') run(tool, args);
      } else history.push({ type: 'caller', text });
      for (let round = 0; round < 5; round++) {
        const decision = decide(setup, history);
        if (decision.type === 'say') {
          speak(decision.text, heardWords);
          return decision.text;
        }
        const tool = setup.toolbox.tools.find(({ key }) => key === decision.tool);
        if (tool?.effect === 'write') {
          const told = readBack(tool.definition, decision.arguments);
          const id = `call-${history.length}`;
          history.push({ type: 'tool-call', id, tool: decision.tool, arguments: decision.arguments });
          history.push({ type: 'tool-result', id, text: waitingAnswer(told, 'caller') });
          const said = `${before}${told} ${words.question}`;
          const at = history.length - 1;
          pending = {
            at,
            tool: decision.tool,
            args: decision.arguments,
            readBack: told,
            heard: speak(said, heardWords),
          };
          return said;
        }
        run(decision.tool, decision.arguments);
      }
      throw new Error('The dialogue calls tools without end.');
    },
  };
}
