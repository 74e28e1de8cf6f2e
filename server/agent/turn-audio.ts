const sampleRate = 16_000;
const mostSamples = 20 * sampleRate;
/** The pause between two pieces, as it is put between them: long enough to part words, short enough to be one sentence. */
const gapSamples = 0.25 * sampleRate;

/** What the caller said since the last turn, piece by piece: a pause in a sentence parts it in two, and only the whole makes sense. */
export class TurnAudio {
  #pieces: Int16Array[] = [];
  #length = 0;
  #segments = 0;

  /** How many pieces with a pause between them there are. */
  get segments(): number {
    return this.#segments;
  }

  begin(): void {
    this.#segments += 1;
    // Not silence: a recogniser takes digital silence for a broken line.
    if (this.#length > 0) this.add(Int16Array.from({ length: gapSamples }, () => Math.round(Math.random() * 8 - 4)));
  }

  /** Adds audio of the current piece; what is far too long for a sentence is not kept. */
  add(pcm: Int16Array): void {
    if (this.#length + pcm.length > mostSamples) return;
    this.#pieces.push(pcm.slice());
    this.#length += pcm.length;
  }

  /** All pieces, with short pauses between them. */
  whole(): readonly Int16Array[] {
    return this.#pieces;
  }

  /** The turn is over, or given up. */
  forget(): void {
    this.#pieces = [];
    this.#length = 0;
    this.#segments = 0;
  }
}
