/** How loud each side of a recording is, step by step: the loudest sample of each, 0 to 32,768. */
export type SoundLevels = { stepMs: number; caller: Uint16Array; agent: Uint16Array };

export const levelStepMs = 5;

/** Takes the levels of interleaved stereo as it streams in; hours of it fit in a few megabytes. */
export class LevelReader {
  readonly #samplesAStep: number;
  #caller = new Uint16Array(4_096);
  #agent = new Uint16Array(4_096);
  #steps = 0;
  #inStep = 0;

  constructor(rate: number) {
    this.#samplesAStep = (rate * levelStepMs) / 1000;
  }

  take(interleaved: Int16Array): void {
    for (let i = 0; i + 1 < interleaved.length; i += 2) {
      if (this.#inStep === 0 && this.#steps === this.#caller.length) this.#grow();
      const caller = Math.abs(interleaved[i] ?? 0);
      const agent = Math.abs(interleaved[i + 1] ?? 0);
      if (caller > (this.#caller[this.#steps] ?? 0)) this.#caller[this.#steps] = caller;
      if (agent > (this.#agent[this.#steps] ?? 0)) this.#agent[this.#steps] = agent;
      this.#inStep += 1;
      if (this.#inStep < this.#samplesAStep) continue;
      this.#inStep = 0;
      this.#steps += 1;
    }
  }

  levels(): SoundLevels {
    const steps = this.#steps + (this.#inStep > 0 ? 1 : 0);
    return {
      stepMs: levelStepMs,
      caller: this.#caller.slice(0, steps),
      agent: this.#agent.slice(0, steps),
    };
  }

  #grow(): void {
    const twice = (old: Uint16Array) => {
      const next = new Uint16Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.#caller = twice(this.#caller);
    this.#agent = twice(this.#agent);
  }
}
