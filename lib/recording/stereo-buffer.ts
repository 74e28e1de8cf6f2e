/** The caller is left, the agent right. */
export type Side = 'caller' | 'agent';

/**
 * The last seconds of a recording, interleaved, before they are written: both sides are added at their places, and taken
 * out in order. What comes for a place that was taken already is lost.
 */
export class StereoBuffer {
  readonly #ring: Int16Array;
  readonly #capacity: number;
  /** First sample (of a side) that was not taken yet. */
  #taken = 0;
  /** Samples that came too late or too early for their place. */
  lost = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#ring = new Int16Array(capacity * 2);
  }

  get taken(): number {
    return this.#taken;
  }

  /** Puts audio of one side at its place. Two tracks of a side are heard together. */
  put(side: Side, at: number, pcm: Int16Array): void {
    const from = Math.max(at, this.#taken);
    const to = Math.min(at + pcm.length, this.#taken + this.#capacity);
    this.lost += pcm.length - Math.max(0, to - from) - Math.max(0, Math.min(0, at + pcm.length) - at);
    const offset = side === 'caller' ? 0 : 1;
    for (let place = from; place < to; place++) {
      const slot = (place % this.#capacity) * 2 + offset;
      this.#ring[slot] = clamp((this.#ring[slot] ?? 0) + (pcm[place - at] ?? 0));
    }
  }

  /** Everything before the sample `until` that was not taken yet; silence where nothing was put. */
  take(until: number): Int16Array {
    const to = Math.min(Math.floor(until), this.#taken + this.#capacity);
    const count = Math.max(0, to - this.#taken);
    const out = new Int16Array(count * 2);
    for (let i = 0; i < count; i++) {
      const slot = ((this.#taken + i) % this.#capacity) * 2;
      out[i * 2] = this.#ring[slot] ?? 0;
      out[i * 2 + 1] = this.#ring[slot + 1] ?? 0;
      this.#ring[slot] = 0;
      this.#ring[slot + 1] = 0;
    }
    this.#taken += count;
    return out;
  }
}

const clamp = (sample: number): number => Math.max(-32_768, Math.min(32_767, sample));
