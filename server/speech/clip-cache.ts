/** Clips spoken before, the most recently used kept, up to `limitBytes`. */
export class ClipCache {
  readonly #clips = new Map<string, Int16Array>();
  readonly #limitBytes: number;
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(voice: string, text: string): Int16Array | undefined {
    const key = `${voice}\n${text}`;
    const clip = this.#clips.get(key);
    if (clip) {
      this.#clips.delete(key);
      this.#clips.set(key, clip);
    }
    return clip;
  }

  put(voice: string, text: string, clip: Int16Array): void {
    const key = `${voice}\n${text}`;
    this.#bytes += clip.byteLength - (this.#clips.get(key)?.byteLength ?? 0);
    this.#clips.delete(key);
    this.#clips.set(key, clip);
    for (const [oldest, old] of this.#clips) {
      if (this.#bytes <= this.#limitBytes) return;
      this.#clips.delete(oldest);
      this.#bytes -= old.byteLength;
    }
  }

  get bytes(): number {
    return this.#bytes;
  }
}
