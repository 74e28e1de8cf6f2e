export type SilenceWatchOptions = {
  /** Silence until the caller is asked, and as long again until the call ends. */
  silenceMs: number;
  ask: () => void;
  end: () => void;
};

/** Watches for silence from both sides. `busy` while somebody sounds or a tool works; `quiet` starts the wait. */
export class SilenceWatch {
  readonly #options: SilenceWatchOptions;
  #timer: NodeJS.Timeout | undefined;
  #asked = false;

  constructor(options: SilenceWatchOptions) {
    this.#options = options;
  }

  /** The caller did something: the wait is over, and the next silence is a new one. */
  callerActed(): void {
    this.#asked = false;
    this.busy();
  }

  busy(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  quiet(): void {
    if (this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#asked) this.#options.end();
      else {
        this.#asked = true;
        this.#options.ask();
      }
    }, this.#options.silenceMs);
  }
}
