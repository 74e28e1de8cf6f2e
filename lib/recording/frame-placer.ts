/** Audio with its place on a clock, in samples from the clock's start. */
export type PlacedAudio = { at: number; pcm: Int16Array };

export type FramePlacerOptions = {
  /** Samples a second. */
  rate: number;
  /** How long a frame waits for later ones that tell whether it came late, ms. */
  settleMs?: number;
  /** Frames follow each other without a seam while the clock disagrees by no more, ms. */
  toleranceMs?: number;
};

type Waiting = { pcm: Int16Array; arrivedAt: number };

/**
 * Places the frames of a live track on a clock. A frame that comes late was not spoken late: the process was busy, and
 * several frames come at once. Where a frame ends is therefore the earliest that it or any frame soon after it allows.
 * Where a track pauses, time goes on without it.
 */
export class FramePlacer {
  readonly #rate: number;
  readonly #settle: number;
  readonly #tolerance: number;
  readonly #waiting: Waiting[] = [];
  #next: number | null = null;

  constructor({ rate, settleMs = 400, toleranceMs = 20 }: FramePlacerOptions) {
    this.#rate = rate;
    this.#settle = (settleMs * rate) / 1000;
    this.#tolerance = (toleranceMs * rate) / 1000;
  }

  /** Takes a frame whose last sample was there at `nowMs`; answers what has its place by now. */
  take(pcm: Int16Array, nowMs: number): PlacedAudio[] {
    const now = (nowMs * this.#rate) / 1000;
    this.#waiting.push({ pcm, arrivedAt: now });
    const placed: PlacedAudio[] = [];
    for (let head = this.#waiting[0]; head && now - head.arrivedAt >= this.#settle; head = this.#waiting[0])
      placed.push(...this.#placeHead());
    return placed;
  }

  /** What still waited, placed by what is known; the track is over. */
  end(): PlacedAudio[] {
    const placed: PlacedAudio[] = [];
    while (this.#waiting.length > 0) placed.push(...this.#placeHead());
    return placed;
  }

  #placeHead(): PlacedAudio[] {
    let after = 0;
    let end = Number.POSITIVE_INFINITY;
    for (const [index, { pcm, arrivedAt }] of this.#waiting.entries()) {
      if (index > 0) after += pcm.length;
      end = Math.min(end, arrivedAt - after);
    }
    const head = this.#waiting.shift();
    if (!head) return [];
    const start = Math.round(end) - head.pcm.length;
    const next = this.#next ?? start;
    const at = Math.abs(start - next) <= this.#tolerance ? next : start;
    // Faster than time: what would lie over the frame before is left out.
    const overlap = Math.max(0, next - at);
    this.#next = Math.max(next, at + head.pcm.length);
    if (overlap >= head.pcm.length) return [];
    return [{ at: at + overlap, pcm: overlap > 0 ? head.pcm.subarray(overlap) : head.pcm }];
  }
}
