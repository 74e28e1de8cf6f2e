import { Agent, type AgentInputItem, type Model, type ModelSettings, Runner, type Tool } from '@openai/agents';
import { AppError } from '#src/lib/app-error.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import type { ReplyStream } from '#src/server/agent/reply-stream.ts';
import { NotCommitted, type Turn } from '#src/server/agent/turn.ts';
import { watchModel } from '#src/server/agent/watch-model.ts';

export type TurnContext = { turn: Turn; reply: ReplyStream };

export type RunModelOptions = {
  model: Model;
  modelName: string;
  settings: ModelSettings;
  instructions: string;
  tools: Tool<TurnContext>[];
  events: Pick<EventWriter, 'write'>;
  now: () => number;
  apology: string;
  /** Said while the model has not begun to answer. */
  slowPhrase: string;
  /** Silence after the caller's turn until it is said, ms. */
  slowAfterMs?: number;
  onProblem: (code: string) => void;
};

const mostRounds = 8;

/**
 * Makes the function that answers a turn: it streams the model's words into the reply and closes it. An interruption
 * closes it quietly; a failing or silent model is apologised for. Never throws.
 */
export function modelRunner(
  options: RunModelOptions,
): (turn: Turn, reply: ReplyStream, items: AgentInputItem[]) => Promise<void> {
  const runner = new Runner({ tracingDisabled: true });
  return async (turn, reply, items) => {
    const agent = new Agent<TurnContext>({
      name: 'assistant',
      instructions: options.instructions,
      model: watchModel(options.model, options, turn),
      modelSettings: options.settings,
      tools: options.tools,
      toolUseBehavior: 'run_llm_again',
    });
    let slow: NodeJS.Timeout | undefined;
    turn.tell(() => {
      slow = setTimeout(() => {
        if (!reply.said && turn.exchanges.length === 0) reply.say(options.slowPhrase, 'filler');
      }, options.slowAfterMs ?? 2_500);
    });
    try {
      const run = await runner.run(agent, items, {
        stream: true,
        signal: turn.signal,
        context: { turn, reply },
        maxTurns: mostRounds,
        toolNotFoundBehavior: 'return_error_to_model',
        toolExecution: { maxFunctionToolConcurrency: 1 },
      });
      for await (const event of run) {
        if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta')
          reply.say(event.data.delta, 'answer');
      }
      await run.completed;
      if (!turn.signal.aborted && !reply.said) throw new AppError('model-empty', 'The model answered with nothing.');
    } catch (error) {
      if (!turn.signal.aborted && !isNotCommitted(error)) {
        options.onProblem(error instanceof AppError ? error.code : 'model-failed');
        reply.say(options.apology, 'apology');
      }
    } finally {
      clearTimeout(slow);
      reply.close();
    }
  };
}

function isNotCommitted(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = 'error' in at && at.error instanceof Error ? at.error : at.cause) {
    if (at instanceof NotCommitted) return true;
  }
  return false;
}
