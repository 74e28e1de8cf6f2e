import { randomUUID } from 'node:crypto';
import {
  type AgentInputItem,
  type AssistantMessageItem,
  type FunctionCallItem,
  type Model,
  type ModelRequest,
  type ModelResponse,
  type StreamEvent,
  Usage,
} from '@openai/agents';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import { phrasesFor } from '#src/lib/assistants/default-phrases.ts';
import type { Sayable } from '#src/lib/calls/call.ts';
import { decide, dialogueState } from '#src/lib/rehearsal/dialogue.ts';
import type { DialogueSetup } from '#src/lib/rehearsal/dialogue-state.ts';
import type { Decision } from '#src/lib/rehearsal/history.ts';
import { rehearsalGrammarOf } from '#src/lib/rehearsal/rehearsal-grammar.ts';
import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';
import { sayable } from '#src/lib/rehearsal/sayable.ts';
import { openToolbox } from '#src/lib/rehearsal/tool-match.ts';
import type { Grammar } from '#src/lib/speech/grammar.ts';
import { rehearsalHistory } from '#src/server/models/rehearsal-history.ts';

export type RehearsalOptions = {
  config: Pick<AssistantConfig, 'greeting' | 'language' | 'rehearsalPhrases' | 'phrases'>;
  /** As a function: tools that may come and go. It answers the same array while nothing has changed. */
  tools: readonly RehearsalTool[] | (() => readonly RehearsalTool[]);
  clock: () => Date;
};

/**
 * The zero-key model: a form-filling dialogue over the assistant's tools, with no model in it. It keeps no state: each
 * answer follows from the items of the request alone, so that what an interruption cut is taken into account.
 */
export function createRehearsalModel(options: RehearsalOptions): Model {
  const setup = rehearsalSetup(options);
  const answer = ({ input }: ModelRequest): Decision => decide(setup(), rehearsalHistory(input));
  return {
    async getResponse(request): Promise<ModelResponse> {
      request.signal?.throwIfAborted();
      return { usage: new Usage({ requests: 1 }), output: [outputOf(answer(request))], responseId: randomUUID() };
    },
    async *getStreamedResponse(request): AsyncIterable<StreamEvent> {
      request.signal?.throwIfAborted();
      yield { type: 'response_started' };
      const decision = answer(request);
      const words = decision.type === 'say' ? (decision.text.match(/\S+\s*/g) ?? []) : [];
      for (const delta of words) {
        request.signal?.throwIfAborted();
        yield { type: 'output_text_delta', delta };
      }
      const usage = { requests: 1, inputTokens: 0, outputTokens: 0, totalTokens: 0 };
      yield { type: 'response_done', response: { id: randomUUID(), usage, output: [outputOf(decision)] } };
    },
  };
}

/** The parts of a call's rehearsal that follow where the conversation stands. Cheap enough for every change. */
export function createRehearsalGuide(options: RehearsalOptions): {
  /** What the recogniser should listen for now; `extraPhrases` are sentences that a caller is known to say. */
  grammar(history: AgentInputItem[], extraPhrases?: readonly string[]): Grammar;
  /** What can be said now, for the page. */
  sayable(history: AgentInputItem[]): Sayable;
} {
  const setup = rehearsalSetup(options);
  return {
    grammar: (history, extraPhrases = []) => {
      const now = setup();
      return rehearsalGrammarOf(now, dialogueState(now, rehearsalHistory(history)), extraPhrases);
    },
    sayable: (history) => {
      const now = setup();
      return sayable(now, dialogueState(now, rehearsalHistory(history)));
    },
  };
}

function rehearsalSetup({ config, tools, clock }: RehearsalOptions): () => DialogueSetup {
  const offered = typeof tools === 'function' ? tools : () => tools;
  let known = offered();
  let toolbox = openToolbox(known, config.rehearsalPhrases, clock());
  const current = () => {
    const now = offered();
    if (now !== known) toolbox = openToolbox(now, config.rehearsalPhrases, clock());
    known = now;
    return toolbox;
  };
  const { greeting, rehearsalPhrases } = config;
  const { toolFailed: safeSentence } = phrasesFor(config);
  return () => ({ toolbox: current(), greeting, rehearsalPhrases, safeSentence, now: clock() });
}

function outputOf(decision: Decision): AssistantMessageItem | FunctionCallItem {
  if (decision.type === 'call-tool') {
    const { tool, arguments: args } = decision;
    return {
      type: 'function_call',
      callId: `call_${randomUUID()}`,
      name: tool,
      status: 'completed',
      arguments: JSON.stringify(args),
    };
  }
  return {
    type: 'message',
    id: randomUUID(),
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: decision.text }],
  };
}
