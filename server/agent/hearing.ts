import { asLanguageCode, stt, type VAD, VADEventType } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { SpokenLanguage } from '#src/lib/assistants/spoken-language.ts';
import { isBackchannel } from '#src/lib/speech/backchannel.ts';
import { TurnAudio } from '#src/server/agent/turn-audio.ts';
import type { Heard } from '#src/server/speech/heard.ts';

/** Hears one utterance at a time: 16 kHz mono. The line to the speech process is one; a provider is another. */
export type Ear = {
  /** It understands whole sentences only: what it understood is more likely the end of a turn. */
  readonly wholeSentences?: boolean;
  start(): void;
  audio(pcm: Int16Array): void;
  /** What was heard so far; never throws. */
  peek(): Promise<Heard>;
  /** Ends the utterance. Throws AppError when hearing is lost, at the latest after `timeoutMs`. */
  stop(timeoutMs?: number): Promise<Heard>;
};

export type HearingHooks = {
  speechStarted(): void;
  /** `ms` of speech, without the silence that ended it. */
  speechEnded(ms: number): void;
  partial(text: string): void;
  /** `ms` is how long the caller sounded. */
  notUnderstood(heard: Heard, ms: number): void;
  /** Hearing takes long, as when the speech process is being started again; what was said is not lost yet. */
  late(): void;
  lost(error: unknown): void;
};

/** Silence after which speech is taken to be over; the session's own detector then decides about the turn. */
export const endOfSpeechSilenceMs = 220;
/** Silence after which an answer is begun on a guess. */
const guessAfterSilenceMs = 96;
const partialEveryMs = 320;
/** After this the caller is told to wait, and after that it is given up. */
const lateMs = 2_000;
const lostMs = 10_000;

/** Words of the caller, and when each began in wall time; null where the recogniser does not say. */
export type HeardWords = { text: string; at: number[] | null };

/** LiveKit's way to an `Ear`: voice activity cuts utterances, guesses go out early, only what was understood is a turn. */
export class Hearing extends stt.STT {
  override readonly label = 'patchbay.hearing';
  readonly ear: Ear;
  readonly vad: VAD;
  readonly hooks: HearingHooks;
  readonly language: SpokenLanguage;
  readonly turn = new TurnAudio();
  #wholeText: string | null = null;
  #words: HeardWords[] = [];

  constructor(ear: Ear, vad: VAD, hooks: HearingHooks, language: SpokenLanguage) {
    super({ streaming: true, interimResults: true });
    this.ear = ear;
    this.vad = vad;
    this.hooks = hooks;
    this.language = language;
  }

  /**
   * The caller's turn ends. `whole` is its text where it was heard as one sentence only after pieces of it had been told, so
   * that they must not be counted as well; null where the pieces told are right.
   */
  endTurn(): { whole: string | null; words: HeardWords } {
    const whole = this.#wholeText;
    const words = joined(this.#words);
    this.#wholeText = null;
    this.#words = [];
    this.turn.forget();
    return { whole, words };
  }

  /** A piece of the turn was understood, or the whole of it in place of its pieces. */
  understood({ text, wordsAt }: Heard, as: 'piece' | 'whole'): void {
    const moments = wordsAt?.map((ms) => this.turn.momentOf(ms, as)) ?? [null];
    const at = moments.filter((moment) => moment !== null);
    if (as === 'whole') this.#words = [];
    this.#words.push({ text, at: at.length === moments.length ? at : null });
  }

  /** What was heard of all pieces together, after some of them had been told. */
  heardWhole(text: string): void {
    this.#wholeText = text;
  }

  protected override _recognize(): Promise<stt.SpeechEvent> {
    throw new Error('Hearing works on a stream only.');
  }

  override stream(options?: Parameters<stt.STT['stream']>[0]): stt.SpeechStream {
    return new HearingStream(this, options?.connOptions);
  }
}

class HearingStream extends stt.SpeechStream {
  override readonly label = 'patchbay.hearing';
  readonly #hearing: Hearing;
  readonly #vad;
  #utterance = 0;
  #live = false;
  #guessed = false;
  #sincePartialMs = 0;
  #samples = 0;
  /** Pieces of the current turn that were told already. */
  #told = 0;

  constructor(hearing: Hearing, options: ConstructorParameters<typeof stt.SpeechStream>[2]) {
    super(hearing, 16_000, options);
    this.#hearing = hearing;
    this.#vad = hearing.vad.stream();
  }

  // Its pump would hold the stream open; there is nothing of it that we show.
  protected override async monitorMetrics(): Promise<void> {}

  override close(): void {
    super.close();
    this.#vad.close();
  }

  protected override async run(): Promise<void> {
    await Promise.all([this.#listen(), this.#recognise()]);
  }

  async #listen(): Promise<void> {
    for await (const frame of this.input) {
      if (typeof frame === 'symbol') this.#vad.flush();
      else this.#vad.pushFrame(frame);
    }
    if (!this.closed) this.#vad.endInput();
  }

  async #recognise(): Promise<void> {
    const { ear, hooks } = this.#hearing;
    for await (const event of this.#vad) {
      if (event.type === VADEventType.START_OF_SPEECH) {
        this.output.put({ type: stt.SpeechEventType.START_OF_SPEECH });
        if (this.#hearing.turn.segments === 0) this.#told = 0;
        this.#hearing.turn.begin();
        this.#samples = 0;
        ear.start();
        this.#take(event.frames);
        this.#live = true;
        this.#guessed = false;
        this.#utterance += 1;
        this.#sincePartialMs = 0;
        hooks.speechStarted();
      } else if (event.type === VADEventType.INFERENCE_DONE && this.#live) {
        this.#take(event.frames);
        if (event.rawAccumulatedSpeech > 0) this.#guessed = false;
        if (!this.#guessed && event.rawAccumulatedSilence >= guessAfterSilenceMs) {
          this.#guessed = true;
          void this.#guess();
        } else
          this.#partial(
            event.frames.reduce((ms, frame) => ms + (frame.samplesPerChannel / frame.sampleRate) * 1000, 0),
          );
      } else if (event.type === VADEventType.END_OF_SPEECH && this.#live) {
        this.#live = false;
        const ms = Math.round(Math.max(0, event.speechDuration - event.silenceDuration));
        this.#hearing.turn.beganAt(Date.now() - event.inferenceDuration - this.#samples / 16);
        hooks.speechEnded(ms);
        await this.#end(Date.now() - event.silenceDuration - event.inferenceDuration, ms);
      }
    }
  }

  #take(frames: readonly AudioFrame[]): void {
    for (const frame of frames) {
      this.#hearing.ear.audio(frame.data);
      this.#hearing.turn.add(frame.data);
      this.#samples += frame.data.length;
    }
  }

  /** Not awaited: the detector must go on while the guess is asked for. */
  async #guess(): Promise<void> {
    const utterance = this.#utterance;
    const heard = await this.#hearing.ear.peek();
    if (!isWords(heard) || !this.#live || utterance !== this.#utterance) return;
    this.output.put({
      type: stt.SpeechEventType.PREFLIGHT_TRANSCRIPT,
      alternatives: [alternative(heard, this.#hearing.language)],
    });
    this.#hearing.hooks.partial(heard.text);
  }

  #partial(ms: number): void {
    this.#sincePartialMs += ms;
    if (this.#sincePartialMs < partialEveryMs) return;
    this.#sincePartialMs = 0;
    const utterance = this.#utterance;
    void this.#hearing.ear.peek().then((heard) => {
      if (this.#live && utterance === this.#utterance && heard.text) this.#hearing.hooks.partial(heard.text);
    });
  }

  async #end(speechEndTime: number, ms: number): Promise<void> {
    const { ear, hooks } = this.#hearing;
    let heard: Heard | null = null;
    let as: 'piece' | 'whole' = 'piece';
    let problem: unknown;
    const late = setTimeout(() => hooks.late(), lateMs);
    try {
      heard = await ear.stop(lostMs);
      if (!heard.understood && this.#hearing.turn.segments > 1) {
        const whole = await this.#hearAll();
        if (whole) [heard, as] = [whole, 'whole'];
      }
    } catch (error) {
      problem = error;
    } finally {
      clearTimeout(late);
    }
    this.output.put({ type: stt.SpeechEventType.END_OF_SPEECH, speechEndTime });
    if (heard?.understood && isBackchannel(heard.text)) {
      // Whoever only listens has not begun a turn.
      if (this.#hearing.turn.segments === 1) this.#hearing.turn.forget();
    } else if (heard && isWords(heard)) {
      this.#told += 1;
      this.#hearing.understood(heard, as);
      this.output.put({
        type: stt.SpeechEventType.FINAL_TRANSCRIPT,
        alternatives: [alternative(heard, this.#hearing.language)],
        speechEndTime,
      });
    } else if (heard) hooks.notUnderstood(heard, ms);
    else hooks.lost(problem);
  }

  /** A piece that makes no sense alone may be the rest of a sentence with a pause in it. */
  async #hearAll(): Promise<Heard | null> {
    const { ear, turn } = this.#hearing;
    ear.start();
    for (const pcm of turn.whole()) ear.audio(pcm);
    const whole = await ear.stop();
    if (!whole.understood) return null;
    if (this.#told > 0) this.#hearing.heardWhole(whole.text);
    return whole;
  }
}

function isWords(heard: Heard): boolean {
  return heard.understood && heard.text !== '' && !isBackchannel(heard.text);
}

function alternative(heard: Heard, language: SpokenLanguage): stt.SpeechData {
  return {
    language: asLanguageCode(language),
    text: heard.text,
    startTime: 0,
    endTime: 0,
    confidence: heard.confidence ?? 1,
  };
}

function joined(pieces: readonly HeardWords[]): HeardWords {
  const at = pieces.map((piece) => piece.at);
  return {
    text: pieces.map(({ text }) => text).join(' '),
    at: at.includes(null) ? null : at.flatMap((piece) => piece ?? []),
  };
}
