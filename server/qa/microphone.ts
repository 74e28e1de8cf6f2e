import { setTimeout as sleep } from 'node:timers/promises';

const frameSamples = 160;
const frameMs = 10;

/** A microphone: 10 ms frames at the pace of a clock, a faint noise while nothing is said. */
export class Microphone {
  readonly #capture: (pcm: Int16Array) => Promise<void>;
  #clip: Int16Array | null = null;
  #at = 0;
  #ended: ((endedAt: number) => void) | null = null;
  #open = true;

  constructor(capture: (pcm: Int16Array) => Promise<void>) {
    this.#capture = capture;
    void this.#run();
  }

  /** Speaks a clip of 16 kHz mono. Resolves with the time (performance.now) of its last sample. */
  say(clip: Int16Array): Promise<number> {
    this.#clip = clip;
    this.#at = 0;
    return new Promise((resolve) => {
      this.#ended = resolve;
    });
  }

  close(): void {
    this.#open = false;
  }

  async #run(): Promise<void> {
    let due = performance.now();
    while (this.#open) {
      const frame = Int16Array.from({ length: frameSamples }, () => Math.round(Math.random() * 8 - 4));
      let endsNow = false;
      if (this.#clip) {
        frame.set(this.#clip.subarray(this.#at, this.#at + frameSamples));
        this.#at += frameSamples;
        endsNow = this.#at >= this.#clip.length;
        if (endsNow) this.#clip = null;
      }
      const now = performance.now();
      await this.#capture(frame).catch(() => {
        this.#open = false;
      });
      if (endsNow) this.#ended?.(now);
      due += frameMs;
      const waitMs = due - performance.now();
      if (waitMs > 0) await sleep(waitMs);
      // A machine that stood still does not make up for it by speaking faster.
      else if (waitMs < -200) due = performance.now();
    }
  }
}
