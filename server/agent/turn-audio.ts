const sampleRate = 16_000;
const mostSamples = 20 * sampleRate;
/** The pause between two pieces, as it is put between them: long enough to part words, short enough to be one sentence. */
const gapSamples = 0.25 * sampleRate;

/** What the caller said since the last turn, piece by piece: a pause in a sentence parts it in two, and only the whole makes sense. */
export class TurnAudio {
  #pieces: Int16Array[] = [];
  #length = 0;
  #segments = 0;
  /** Where each piece begins among the samples, and when it was said in wall time. */
  #begun: { sample: number; at: number | null }[] = [];

  /** How many pieces with a pause between them there are. */
  get segments(): number {
    return this.#segments;
  }

  begin(): void {
    this.#segments += 1;
    // Not silence: a recogniser takes digital silence for a broken line.
    if (this.#length > 0) this.add(Int16Array.from({ length: gapSamples }, () => Math.round(Math.random() * 8 - 4)));
    this.#begun.push({ sample: this.#length, at: null });
  }

  /** The first sample of the newest piece was said then, in wall time. */
  beganAt(at: number): void {
    const piece = this.#begun.at(-1);
    if (piece) piece.at = at;
  }

  /** The wall time of so many ms into the newest piece, or into all pieces as `whole` puts them together; null where it is not known. */
  momentOf(ms: number, into: 'piece' | 'whole'): number | null {
    const from = into === 'whole' ? 0 : (this.#begun.at(-1)?.sample ?? 0);
    const sample = from + ms * (sampleRate / 1_000);
    // A word that seems to begin in the pause before a piece is its first one.
    const piece = this.#begun.findLast((one) => one.sample <= sample + gapSamples);
    return piece?.at ? Math.round(piece.at + Math.max(0, sample - piece.sample) / (sampleRate / 1_000)) : null;
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
    this.#begun = [];
    this.#segments = 0;
  }
}
