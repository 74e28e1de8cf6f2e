import { AppError } from '#src/lib/app-error.ts';
import type { ToProcess } from '#src/server/speech/protocol.ts';

/** One text being spoken: takes PCM as it comes, hands it on in order, and survives being asked for again. */
export class SynthRequest {
  readonly message: ToProcess;
  readonly #stallMs: number;
  readonly #queue: Int16Array[] = [];
  #deliveredBytes = 0;
  #skipBytes = 0;
  #error: AppError | null = null;
  #wake = (): void => {};
  finished = false;

  constructor(message: ToProcess, stallMs: number) {
    this.message = message;
    this.#stallMs = stallMs;
  }

  /** The request goes out again: what was delivered will come a second time and is skipped. */
  restart(): void {
    this.#skipBytes = this.#deliveredBytes;
  }

  take(bytes: Buffer): void {
    const fresh = bytes.subarray(Math.min(this.#skipBytes, bytes.length));
    this.#skipBytes -= bytes.length - fresh.length;
    if (fresh.length === 0) return;
    this.#deliveredBytes += fresh.length;
    this.#queue.push(new Int16Array(fresh.buffer.slice(fresh.byteOffset, fresh.byteOffset + fresh.length)));
    this.#wake();
  }

  end(error: AppError | null): void {
    this.finished = true;
    this.#error = error;
    this.#wake();
  }

  /** Throws AppError `speech-down` after `stallMs` without a piece; ends quietly on `signal`. */
  async *pieces(signal: AbortSignal): AsyncGenerator<Int16Array, void, undefined> {
    while (!signal.aborted) {
      const piece = this.#queue.shift();
      if (piece) yield piece;
      else if (this.#error) throw this.#error;
      else if (this.finished) return;
      else await this.#news(signal);
    }
  }

  async #news(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.#wake = resolve;
    const timer = setTimeout(
      () =>
        reject(
          new AppError('speech-down', `No speech came for ${this.#stallMs} ms.`, { retryable: true, status: 503 }),
        ),
      this.#stallMs,
    );
    const onAbort = (): void => resolve();
    signal.addEventListener('abort', onAbort);
    await promise.finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
  }
}
