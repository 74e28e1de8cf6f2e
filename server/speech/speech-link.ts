import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { Grammar } from '#src/lib/speech/grammar.ts';
import type { Heard } from '#src/server/speech/heard.ts';
import {
  callPath,
  closedBecauseFull,
  type FromProcess,
  fromProcessSchema,
  sampleRate,
  type ToProcess,
} from '#src/server/speech/protocol.ts';
import { SynthRequest } from '#src/server/speech/synth-request.ts';

export type SpeechLinkOptions = {
  /** Of the speech process: `http://127.0.0.1:PORT` or `ws://…`. */
  url: string;
  token: string;
  grammar: Grammar;
  /** Told when the link is lost (`up` false, 0) and when it is back (`up` true, how long it was away). */
  onState?: ((up: boolean, downMs: number) => void) | undefined;
};

type Ask = { message: ToProcess; resolve: (answer: FromProcess) => void; reject: (error: AppError) => void };

/** An utterance is kept for replay up to this length. */
const replayLimitBytes = 30 * sampleRate * 2;

/**
 * One call's line to the speech process. It survives the death of the process: it connects again (25 ms, doubling to
 * 1 s), sends the grammar and the utterance in flight again, asks again what was not answered, and continues speech
 * where it broke off (the voices are deterministic, so what was delivered is skipped).
 */
export class SpeechLink {
  /** Settles when the process has taken the call; rejects with `speech-full`, or `speech-down` when closed before. */
  readonly ready: Promise<void>;
  /** Its recogniser follows a grammar of whole sentences. */
  readonly wholeSentences = true;
  readonly #options: SpeechLinkOptions;
  readonly #asks = new Map<number, Ask>();
  readonly #synths = new Map<number, SynthRequest>();
  readonly #closing = new AbortController();
  #grammar: Grammar;
  #grammarId = 0;
  #socket: WebSocket | null = null;
  #open = false;
  #lastId = 0;
  #utterance: Buffer[] | null = null;
  #utteranceBytes = 0;
  #downSince: number | null = null;
  #settleReady: { resolve: () => void; reject: (error: AppError) => void };

  constructor(options: SpeechLinkOptions) {
    this.#options = options;
    this.#grammar = options.grammar;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    this.ready.catch(() => {});
    this.#settleReady = { resolve, reject };
    void this.#keepConnected();
  }

  /** True while the process is there. */
  get up(): boolean {
    return this.#open;
  }

  /**
   * Listens for something else from the next utterance on. Resolves with the words that have no pronunciation.
   * Throws AppError `speech-down` when the process does not answer within `timeoutMs`; the grammar is kept and set later.
   */
  async setGrammar(grammar: Grammar, timeoutMs = 5_000): Promise<string[]> {
    this.#grammar = grammar;
    this.#settle({ type: 'grammar-set', id: this.#grammarId, dropped: [] });
    this.#grammarId = this.#nextId();
    const id = this.#grammarId;
    try {
      const answer = await this.#ask({ type: 'grammar', id, grammar }, timeoutMs);
      return answer.type === 'grammar-set' ? answer.dropped : [];
    } catch (error) {
      if (isAppError(error) && error.code === 'engine-failed' && id === this.#grammarId) void this.#keepGrammar();
      throw error;
    }
  }

  /** An utterance begins; audio before it is forgotten. */
  start(): void {
    this.#utterance = [];
    this.#utteranceBytes = 0;
    this.#send({ type: 'start' });
  }

  /** More of the current utterance: 16 kHz mono. Ignored outside `start` and `stop`. */
  audio(pcm: Int16Array): void {
    if (!this.#utterance) return;
    const bytes = Buffer.from(pcm.slice().buffer);
    if (this.#utteranceBytes < replayLimitBytes) {
      this.#utterance.push(bytes);
      this.#utteranceBytes += bytes.length;
    }
    if (this.#open) this.#socket?.send(bytes);
  }

  /** What was heard of the current utterance so far; not understood while the process is away. Never throws. */
  async peek(): Promise<Heard> {
    const nothing: Heard = { text: '', confidence: null, understood: false };
    if (!this.#open || !this.#utterance) return nothing;
    const answer = await this.#ask({ type: 'peek', id: this.#nextId() }, 300).catch(() => null);
    return answer?.type === 'heard' ? answer.heard : nothing;
  }

  /** Ends the utterance. Throws AppError `speech-down` when there is no answer within `timeoutMs`. */
  async stop(timeoutMs = 2_500): Promise<Heard> {
    const utterance = this.#utterance;
    try {
      const answer = await this.#ask({ type: 'stop', id: this.#nextId() }, timeoutMs);
      if (answer.type === 'heard') return answer.heard;
      throw down('The speech process gave no answer.');
    } finally {
      if (this.#utterance === utterance) this.#utterance = null;
    }
  }

  /**
   * Speech as 16 kHz mono, 20 ms a piece, as fast as it is made. Throws AppError `speech-down` when nothing comes for
   * `stallMs`, and what the process refused by its own code. Ending the loop early, or `signal`, stops the work.
   */
  async *synth(
    text: string,
    voice: string,
    options: { signal?: AbortSignal | undefined; stallMs?: number } = {},
  ): AsyncGenerator<Int16Array, void, undefined> {
    const id = this.#nextId();
    const request = new SynthRequest({ type: 'synth', id, text, voice }, options.stallMs ?? 4_000);
    this.#synths.set(id, request);
    this.#send(request.message);
    try {
      yield* request.pieces(AbortSignal.any([this.#closing.signal, ...(options.signal ? [options.signal] : [])]));
    } finally {
      this.#synths.delete(id);
      if (!request.finished) this.#send({ type: 'cancel', id });
    }
  }

  /** Hangs up; what is still asked fails with `speech-down`. */
  close(): void {
    this.#closing.abort();
    const error = down('The line to the speech process was closed.');
    this.#settleReady.reject(error);
    for (const ask of this.#asks.values()) ask.reject(error);
    this.#asks.clear();
    this.#socket?.close();
  }

  async #keepConnected(): Promise<void> {
    let waitMs = 25;
    while (!this.#closing.signal.aborted) {
      const served = await this.#connectOnce();
      waitMs = served ? 25 : Math.min(1_000, waitMs * 2);
      await sleep(waitMs, undefined, { signal: this.#closing.signal }).catch(() => {});
    }
  }

  /** One connection from beginning to end; true when it served the call. */
  #connectOnce(): Promise<boolean> {
    const socket = new WebSocket(new URL(callPath, this.#options.url.replace(/^http/, 'ws')), {
      perMessageDeflate: false,
      headers: { authorization: `Bearer ${this.#options.token}` },
    });
    this.#socket = socket;
    let served = false;
    socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) {
        this.#synths.get(data.readUInt32BE(0))?.take(data.subarray(4));
        return;
      }
      const message = fromProcessSchema.parse(JSON.parse(data.toString()));
      if (message.type === 'open') {
        served = true;
        this.#resume();
      } else this.#settle(message);
    });
    socket.on('error', () => {});
    return new Promise((resolve) => {
      socket.on('close', (code) => {
        if (code === closedBecauseFull) this.#settleReady.reject(full());
        if (this.#open) {
          this.#open = false;
          this.#downSince = performance.now();
          if (!this.#closing.signal.aborted) this.#options.onState?.(false, 0);
        }
        resolve(served);
      });
    });
  }

  #resume(): void {
    this.#open = true;
    const pending = this.#asks.get(this.#grammarId);
    if (pending) this.#send(pending.message);
    else void this.#keepGrammar();
    if (this.#utterance) {
      this.#send({ type: 'start' });
      for (const bytes of this.#utterance) this.#socket?.send(bytes);
    }
    for (const ask of this.#asks.values()) if (ask.message.type !== 'grammar') this.#send(ask.message);
    for (const request of this.#synths.values()) {
      request.restart();
      this.#send(request.message);
    }
    this.#settleReady.resolve();
    if (this.#downSince !== null) this.#options.onState?.(true, Math.round(performance.now() - this.#downSince));
    this.#downSince = null;
  }

  /** Sets the grammar that holds now, again and again where an engine fails: without one the caller is not heard at all. */
  async #keepGrammar(): Promise<void> {
    for (let waitMs = 100; this.#open; waitMs *= 2) {
      this.#grammarId = this.#nextId();
      const id = this.#grammarId;
      const problem = await this.#ask({ type: 'grammar', id, grammar: this.#grammar }, 30_000).then(
        () => null,
        (error: unknown) => error,
      );
      const isWorthAnother = isAppError(problem) && problem.code === 'engine-failed' && waitMs < 10_000;
      if (!isWorthAnother || id !== this.#grammarId) return;
      await sleep(waitMs);
      if (id !== this.#grammarId) return;
    }
  }

  #settle(message: FromProcess): void {
    if (message.type === 'open' || message.id === undefined) return;
    const request = this.#synths.get(message.id);
    if (request) request.end(message.type === 'failed' ? refused(message.error) : null);
    const ask = this.#asks.get(message.id);
    if (!ask) return;
    this.#asks.delete(message.id);
    if (message.type === 'failed') ask.reject(refused(message.error));
    else ask.resolve(message);
  }

  #ask(message: ToProcess & { id: number }, timeoutMs: number): Promise<FromProcess> {
    const { promise, resolve, reject } = Promise.withResolvers<FromProcess>();
    const timer = setTimeout(() => {
      this.#asks.delete(message.id);
      reject(down(`The speech process did not answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    this.#asks.set(message.id, { message, resolve, reject });
    this.#send(message);
    return promise.finally(() => clearTimeout(timer));
  }

  #send(message: ToProcess): void {
    if (this.#open) this.#socket?.send(JSON.stringify(message));
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

function down(message: string): AppError {
  return new AppError('speech-down', message, {
    hint: 'It is started again by itself; try once more.',
    retryable: true,
    status: 503,
  });
}

function full(): AppError {
  return new AppError('speech-full', 'The speech process has no place for another call.', {
    hint: 'Wait until a call has ended, or raise PATCHBAY_SPEECH_CALLS.',
    retryable: true,
    status: 503,
  });
}

function refused(error: { code: string; message: string }): AppError {
  return new AppError(error.code, error.message);
}
