import { AppError } from '#src/lib/app-error.ts';
import { type Grammar, grammarOfPhrases } from '#src/lib/speech/grammar.ts';
import { EngineThread } from '#src/server/speech/engine-thread.ts';
import { GrammarShelf } from '#src/server/speech/grammar-shelf.ts';
import type { Heard } from '#src/server/speech/heard.ts';
import { Pronunciations } from '#src/server/speech/pronunciations.ts';
import type { LoadedGrammar, RecogniserQuestion, RecogniserReply } from '#src/server/speech/recogniser-thread.ts';
import type { VoicePool } from '#src/server/speech/voice-pool.ts';

/** Decoders in one thread: four take the memory that one takes alone. */
const callsPerThread = 4;
const warmUpPhrase = 'how many pizzas are left';

type Seat = { thread: EngineThread<RecogniserQuestion, RecogniserReply>; onLost: Map<number, () => void> };

/** One caller's ear: a decoder of its own. */
export type Ear = {
  setGrammar(grammar: Grammar): Promise<{ dropped: string[] }>;
  start(): void;
  audio(pcm: Int16Array): void;
  peek(): Promise<Heard>;
  stop(): Promise<Heard>;
  close(): Promise<void>;
};

/** Threads that listen, up to `limit` callers at once. */
export class RecogniserPool {
  #seats: Seat[] = [];
  readonly #shelf: GrammarShelf;
  readonly #limit: number;
  readonly #warmUp: { grammar: LoadedGrammar; pcm: Int16Array };
  #calls = 0;
  #lastCall = 0;
  #ended = false;

  private constructor(shelf: GrammarShelf, limit: number, warmUp: { grammar: LoadedGrammar; pcm: Int16Array }) {
    this.#shelf = shelf;
    this.#limit = limit;
    this.#warmUp = warmUp;
  }

  static async open(voices: VoicePool, limit: number): Promise<RecogniserPool> {
    const shelf = new GrammarShelf(new Pronunciations((word) => voices.phones(word)));
    const grammar = await shelf.prepare(grammarOfPhrases([warmUpPhrase]));
    const pool = new RecogniserPool(shelf, limit, {
      grammar: grammar.loaded,
      pcm: await voices.speak(warmUpPhrase, 'rms'),
    });
    await pool.#addSeat().thread.ready;
    return pool;
  }

  get calls(): number {
    return this.#calls;
  }

  /** Throws AppError `speech-full` at the limit. `onLost` is told when the ear died. */
  async listen(onLost: () => void): Promise<Ear> {
    if (this.#calls >= this.#limit) {
      throw new AppError('speech-full', `The speech process listens to ${this.#limit} calls already.`, {
        retryable: true,
        status: 503,
      });
    }
    this.#calls += 1;
    this.#lastCall += 1;
    const call = this.#lastCall;
    const seat = this.#seats.find(({ onLost: taken }) => taken.size < callsPerThread) ?? this.#addSeat();
    seat.onLost.set(call, onLost);
    this.#growAhead();
    const { thread } = seat;
    await thread.ready;
    await thread.ask({ type: 'open', call });
    const ask = async (type: 'peek' | 'stop'): Promise<Heard> =>
      (await thread.ask({ type, call })).heard ?? { text: '', confidence: null, understood: false };
    return {
      setGrammar: async (grammar) => {
        const { loaded, dropped } = await this.#shelf.prepare(grammar);
        await thread.ask({ type: 'grammar', call, grammar: loaded });
        return { dropped };
      },
      start: () => thread.tell({ type: 'start', call }),
      audio: (pcm) => thread.tell({ type: 'audio', call, pcm }),
      peek: () => ask('peek'),
      stop: () => ask('stop'),
      close: async () => {
        if (!seat.onLost.delete(call)) return;
        this.#calls -= 1;
        await thread.ask({ type: 'close', call }).catch(() => {});
        await this.#shrink();
      },
    };
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all([this.#shelf.end(), ...this.#seats.map(({ thread }) => thread.end())]);
  }

  #addSeat(): Seat {
    const onLost = new Map<number, () => void>();
    const file = new URL('./recogniser-thread.ts', import.meta.url);
    const thread: Seat['thread'] = new EngineThread(file, { warmUp: this.#warmUp, spares: callsPerThread }, () => {
      this.#seats = this.#seats.filter((other) => other !== seat);
      this.#calls -= onLost.size;
      const lost = [...onLost.values()];
      onLost.clear();
      for (const tell of lost) tell();
      if (!this.#ended && this.#seats.length === 0) this.#addSeat();
    });
    thread.ready.catch(() => {});
    const seat: Seat = { thread, onLost };
    this.#seats.push(seat);
    return seat;
  }

  /** The next caller finds a warm ear. */
  #growAhead(): void {
    const places = this.#seats.reduce((sum, { onLost }) => sum + callsPerThread - onLost.size, 0);
    if (places === 0 && this.#calls < this.#limit) this.#addSeat();
  }

  async #shrink(): Promise<void> {
    const [, ...surplus] = this.#seats.filter(({ onLost }) => onLost.size === 0);
    this.#seats = this.#seats.filter((seat) => !surplus.includes(seat));
    await Promise.all(surplus.map(({ thread }) => thread.end()));
  }
}
