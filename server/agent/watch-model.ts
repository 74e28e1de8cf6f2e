import type { Model, ModelRequest, ModelResponse } from '@openai/agents';
import { isAppError } from '#src/lib/app-error.ts';
import { costOf, type ModelPrice } from '#src/lib/providers/model-price.ts';
import type { EventWriter } from '#src/server/agent/event-writer.ts';
import type { promptLog } from '#src/server/agent/prompt-log.ts';
import type { Turn } from '#src/server/agent/turn.ts';

export type WatchModelOptions = {
  modelName: string;
  /** Null where nobody gave one. */
  price: ModelPrice | null;
  events: Pick<EventWriter, 'write'>;
  now: () => number;
  /** Tells what is new in a prompt. */
  prompts: ReturnType<typeof promptLog>;
};

/** The same model, each of whose rounds is told as events of the turn, once the turn is certain. */
export function watchModel(model: Model, options: WatchModelOptions, turn: Turn): Model {
  let round = 0;
  return {
    ...(model.getRetryAdvice ? { getRetryAdvice: (request) => model.getRetryAdvice?.(request) } : {}),
    getResponse: (request) => model.getResponse(request),
    async *getStreamedResponse(request: ModelRequest) {
      round += 1;
      const started = options.now();
      const name = options.modelName;
      const thisRound = round;
      tell(turn, started, (ids) => {
        const prompt = options.prompts(request);
        options.events.write('model-started', { model: name, round: thisRound, prompt }, ids);
      });
      let firstTokenMs: number | null = null;
      let done: (Pick<ModelResponse, 'output'> & { usage: { inputTokens: number; outputTokens: number } }) | null =
        null;
      try {
        for await (const event of model.getStreamedResponse(request)) {
          const now = options.now();
          if (firstTokenMs === null && event.type !== 'response_started') firstTokenMs = now - started;
          if (event.type === 'response_done') done = event.response;
          yield event;
        }
        const ended = options.now();
        const answered = done;
        if (!answered) return;
        tell(turn, ended, (ids) =>
          options.events.write(
            'model-answered',
            {
              model: name,
              ms: ended - started,
              firstTokenMs,
              inputTokens: answered.usage.inputTokens || null,
              outputTokens: answered.usage.outputTokens || null,
              ...costOfUsage(options.price, answered.usage),
              toolCalls: answered.output.filter((item) => item.type === 'function_call').length,
            },
            ids,
          ),
        );
      } catch (error) {
        const failed = options.now();
        if (!turn.signal.aborted) {
          tell(turn, failed, (ids) =>
            options.events.write('model-failed', { model: name, ms: failed - started, ...reasonOf(error) }, ids),
          );
        }
        throw error;
      }
    },
  };
}

function tell(turn: Turn, at: number, write: (ids: { turnId: string; at: number }) => void): void {
  turn.tell(() => write({ turnId: turn.id, at }));
}

function costOfUsage(
  price: ModelPrice | null,
  usage: { inputTokens: number; outputTokens: number },
): { cost?: number } {
  // A server that does not count its tokens is not free.
  if (!price || usage.inputTokens + usage.outputTokens === 0) return {};
  return { cost: costOf(price, { input: usage.inputTokens, output: usage.outputTokens }) };
}

function reasonOf(error: unknown): { code: string; message: string } {
  if (isAppError(error)) return { code: error.code, message: error.message };
  return { code: 'model-failed', message: 'The model failed.' };
}
