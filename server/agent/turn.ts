import { randomUUID } from 'node:crypto';
import type { voice } from '@livekit/agents';

/** Thrown into a tool call whose turn never became certain: it must not run. */
export class NotCommitted extends Error {
  override readonly name = 'NotCommitted';
}

/** A tool call of a turn as the model is told about it. */
export type ToolExchange = { callId: string; name: string; arguments: string; output: string };

/** One thing the caller said and all that came of it. It may be begun on a guess and thrown away. */
export class Turn {
  readonly id: string;
  readonly handle: voice.SpeechHandle;
  readonly text: string;
  readonly source: 'spoken' | 'typed';
  readonly exchanges: ToolExchange[] = [];
  /** When the caller's last sound ended, ms since the epoch; null when typed or not known. */
  callerStoppedAt: number | null = null;
  readonly #controller = new AbortController();
  readonly #commit = Promise.withResolvers<void>();
  readonly #held: (() => void)[] = [];
  #committed = false;

  constructor(options: { id?: string; handle: voice.SpeechHandle; text: string; source: 'spoken' | 'typed' }) {
    this.id = options.id ?? randomUUID();
    this.handle = options.handle;
    this.text = options.text;
    this.source = options.source;
    void this.handle.waitIfNotInterrupted([new Promise(() => {})]).then(() => this.stop());
  }

  /** Aborted as soon as the caller interrupts or the guess is dropped: stops model, tool wait and speech. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get committed(): boolean {
    return this.#committed;
  }

  /** The turn is certain: tools may run, and what was held back is told. */
  commit(): void {
    if (this.#committed) return;
    this.#committed = true;
    for (const tell of this.#held.splice(0)) tell();
    this.#commit.resolve();
  }

  /** Resolves once the turn is certain. Throws NotCommitted when it never will be. */
  async gate(): Promise<void> {
    if (this.#committed && !this.signal.aborted) return;
    const dropped = new Promise<void>((resolve) => {
      if (this.signal.aborted) resolve();
      this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([this.#commit.promise, dropped]);
    if (this.signal.aborted || !this.#committed) throw new NotCommitted('The turn was not committed.');
  }

  /** Tells something of this turn now, or once it is certain; never when it is dropped. */
  tell(fact: () => void): void {
    if (this.#committed) fact();
    else this.#held.push(fact);
  }

  stop(): void {
    this.#controller.abort();
  }
}
