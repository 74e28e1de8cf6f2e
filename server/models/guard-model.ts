import type { Model, ModelRequest, StreamEvent } from '@openai/agents';
import { AppError } from '#src/lib/app-error.ts';
import { modelError } from '#src/server/models/model-error.ts';

export type GuardModelOptions = {
  /** Most time from the request to the first word or tool call. */
  firstTokenMs: number;
  /** Most time between two pieces after that. */
  stallMs: number;
};

/**
 * The same model, which never keeps a caller waiting: a first word that does not come, a stream that stands still and an
 * empty answer are AppErrors (`model-slow`, `model-stalled`, `model-empty`), and so is whatever the provider answers.
 */
export function guardModel(model: Model, options: GuardModelOptions): Model {
  return {
    ...(model.getRetryAdvice ? { getRetryAdvice: (request) => model.getRetryAdvice?.(request) } : {}),
    getResponse: (request) => model.getResponse(request),
    async *getStreamedResponse(request: ModelRequest): AsyncIterable<StreamEvent> {
      const limit = new AbortController();
      const signal = request.signal ? AbortSignal.any([request.signal, limit.signal]) : limit.signal;
      let timer: NodeJS.Timeout | undefined;
      const expire = (ms: number, error: AppError) => {
        clearTimeout(timer);
        timer = setTimeout(() => limit.abort(error), ms);
      };
      expire(options.firstTokenMs, slow(options.firstTokenMs));
      const stopped = rejectOn(signal);
      const events = model.getStreamedResponse({ ...request, signal })[Symbol.asyncIterator]();
      let answered = false;
      try {
        for (;;) {
          const { value: event, done } = await Promise.race([events.next(), stopped]);
          if (done) break;
          if (event.type === 'response_done') {
            if (event.response.output.every((item) => item.type === 'reasoning')) throw empty();
            answered = true;
          }
          if (event.type !== 'response_started') expire(options.stallMs, stalled(options.stallMs));
          yield event;
        }
        if (!answered) throw empty();
      } catch (error) {
        if (request.signal?.aborted) throw error;
        throw limit.signal.aborted ? limit.signal.reason : modelError(error);
      } finally {
        clearTimeout(timer);
        limit.abort();
      }
    },
  };
}

/** A provider that does not listen to an abort must not hold the caller. */
function rejectOn(signal: AbortSignal): Promise<never> {
  const stopped = new Promise<never>((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  stopped.catch(() => {});
  return stopped;
}

function slow(ms: number): AppError {
  return new AppError('model-slow', `The model did not begin to answer within ${ms / 1000} s.`, { retryable: true });
}

function stalled(ms: number): AppError {
  return new AppError('model-stalled', `The model stood still for ${ms / 1000} s in the middle of its answer.`, {
    retryable: true,
  });
}

function empty(): AppError {
  return new AppError('model-empty', 'The model answered with nothing.', { retryable: true });
}
