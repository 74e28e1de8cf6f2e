import type { EventWriter } from '#src/server/agent/event-writer.ts';

/** How often it is looked whether someone who listens is still there. */
const lookMs = 1_000;
/** Whoever was given a place and did not take it within this time does not come any more. */
const comeMs = 60_000;

type Listener = { name: string; since: number | null; until: number };

export type SupervisionOptions = {
  events: Pick<EventWriter, 'write'>;
  now: () => number;
  /** Who is in the room; listeners are hidden from it, so only the server of the room can tell. */
  present: () => Promise<string[]>;
  everyMs?: number;
};

/**
 * Persons of the team who listen to a call, and what they whisper. Listeners are hidden: nothing in the room tells of them, so while someone
 * may be there the room's server is asked. Whispers stand in the model's instructions from its next answer on.
 */
export class Supervision {
  readonly #options: SupervisionOptions;
  readonly #listeners = new Map<string, Listener>();
  readonly #whispers: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(options: SupervisionOptions) {
    this.#options = options;
  }

  /** Someone was given a place in the room under this identity. */
  expect(identity: string, name: string): void {
    this.#listeners.set(identity, { name, since: null, until: this.#options.now() + comeMs });
    this.#timer ??= setInterval(() => void this.#look(), this.#options.everyMs ?? lookMs);
  }

  whisper(text: string, name: string): void {
    this.#whispers.push(text);
    this.#options.events.write('supervisor-whispered', { name, text });
  }

  /** What the model is told of whispers. */
  paragraphs(): string[] {
    if (this.#whispers.length === 0) return [];
    return [
      [
        'A supervisor of your team follows this call and whispers to you. The caller does not hear it: never mention it. Follow it from your next answer on; the newest counts most.',
        ...this.#whispers.map((text) => `Supervisor: ${text}`),
      ].join('\n'),
    ];
  }

  /** The call is over; whoever still listened leaves with it. */
  close(): void {
    clearInterval(this.#timer);
    for (const [identity, listener] of this.#listeners) this.#left(identity, listener);
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const present = new Set(await this.#options.present());
      const now = this.#options.now();
      for (const [identity, listener] of this.#listeners) {
        if (present.has(identity)) this.#came(listener);
        else if (listener.since !== null || now > listener.until) this.#left(identity, listener);
      }
    } catch {
      // The room's server does not answer; the next look may tell.
    } finally {
      this.#looking = false;
    }
    if (this.#listeners.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #came(listener: Listener): void {
    if (listener.since !== null) return;
    listener.since = this.#options.now();
    this.#options.events.write('supervisor-joined', { name: listener.name });
  }

  #left(identity: string, { name, since }: Listener): void {
    this.#listeners.delete(identity);
    if (since !== null) this.#options.events.write('supervisor-left', { name, ms: this.#options.now() - since });
  }
}
