import { randomUUID } from 'node:crypto';
import { AppError } from '#src/lib/app-error.ts';
import type { CallEventData, CallEventType, NewCallEvent } from '#src/lib/calls/call-event.ts';
import type { CallClock } from '#src/server/agent/call-clock.ts';

export type EventIds = { turnId?: string | undefined; toolCallId?: string | undefined; at?: number | undefined };

export type EventWriterOptions = {
  clock: CallClock;
  /** Puts one event into the log; idempotent by its id. */
  append: (event: NewCallEvent) => Promise<number>;
  /** Told once when the buffer is full and the log still cannot be written. */
  onOverflow: () => void;
  onProblem: (code: string) => void;
  /** Events kept while the log cannot be written. */
  limit?: number;
  retryMs?: { first: number; most: number };
};

type Waiting = { event: NewCallEvent; landed: (written: boolean) => void };

/**
 * Writes the events of one call in order. While the log cannot be written they wait in a bounded buffer and are tried
 * again; when it comes back, how long it was away is an event too.
 */
export class EventWriter {
  readonly #options: EventWriterOptions;
  readonly #waiting: Waiting[] = [];
  readonly #idle: (() => void)[] = [];
  #running = false;
  #downSince: number | null = null;
  #overflowed = false;

  constructor(options: EventWriterOptions) {
    this.#options = options;
  }

  /** False while the log is known to be out of reach: then no write may be sent to a tool. */
  get reachable(): boolean {
    return this.#downSince === null;
  }

  /** Queues an event; returns at once. `ids.at` (ms of the call's clock) is now unless given. */
  write<T extends CallEventType>(type: T, data: CallEventData<T>, ids: EventIds = {}): void {
    void this.#enqueue(type, data, ids, { hurry: false });
  }

  /**
   * Queues an event and waits until it is in the log. Answers false when that took longer than `timeoutMs`; the event
   * is still written later, in its place.
   */
  async writeThrough<T extends CallEventType>(
    type: T,
    data: CallEventData<T>,
    ids: EventIds,
    timeoutMs = 1500,
  ): Promise<boolean> {
    const landed = this.#enqueue(type, data, ids, { hurry: true });
    if (!this.reachable) return false;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), timeoutMs);
    });
    const written = await Promise.race([landed, late]);
    clearTimeout(timer);
    return written;
  }

  /** Waits until nothing is queued, at most `timeoutMs`. Answers whether all is written. */
  async drained(timeoutMs: number): Promise<boolean> {
    if (!this.#running) return true;
    let timer: NodeJS.Timeout | undefined;
    const done = new Promise<boolean>((resolve) => this.#idle.push(() => resolve(true)));
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(false), timeoutMs);
    });
    const all = await Promise.race([done, late]);
    clearTimeout(timer);
    return all;
  }

  #enqueue<T extends CallEventType>(
    type: T,
    data: CallEventData<T>,
    ids: EventIds,
    { hurry }: { hurry: boolean },
  ): Promise<boolean> {
    const { limit = 5000, clock, onOverflow } = this.#options;
    const event = newEvent(type, data, { ...ids, at: ids.at ?? clock.now() });
    if (this.#waiting.length >= limit) {
      if (!this.#overflowed) onOverflow();
      this.#overflowed = true;
      return Promise.resolve(false);
    }
    const landed = new Promise<boolean>((resolve) => this.#waiting.push({ event, landed: resolve }));
    if (!this.#running) {
      this.#running = true;
      if (hurry) void this.#run();
      // What the event tells of, such as a request that is about to leave, goes first.
      else setImmediate(() => void this.#run());
    }
    return landed;
  }

  async #run(): Promise<void> {
    const { first, most } = this.#options.retryMs ?? { first: 100, most: 1000 };
    let pauseMs = first;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      try {
        await this.#options.append(next.event);
        next.landed(true);
        this.#waiting.shift();
        pauseMs = first;
        this.#cameBack();
      } catch (error) {
        if (isRefused(error)) {
          this.#options.onProblem('event-refused');
          next.landed(false);
          this.#waiting.shift();
          continue;
        }
        if (this.#downSince === null) {
          this.#downSince = this.#options.clock.now();
          this.#options.onProblem('log-unreachable');
        }
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
        pauseMs = Math.min(most, pauseMs * 2);
      }
    }
    this.#running = false;
    for (const idle of this.#idle.splice(0)) idle();
  }

  #cameBack(): void {
    if (this.#downSince === null) return;
    const now = this.#options.clock.now();
    const event = newEvent('log-delayed', { ms: now - this.#downSince, events: this.#waiting.length + 1 }, { at: now });
    this.#downSince = null;
    this.#waiting.push({ event, landed: () => {} });
  }
}

/** An event that the log will never take must not block those behind it. */
function isRefused(error: unknown): boolean {
  if (error instanceof AppError) return !error.retryable && error.status < 500;
  return error instanceof Error && error.name === 'ZodError';
}

function newEvent<T extends CallEventType>(
  type: T,
  data: CallEventData<T>,
  ids: EventIds & { at: number },
): NewCallEvent {
  const event = { id: randomUUID(), type, data, at: ids.at, turnId: ids.turnId, toolCallId: ids.toolCallId };
  // The union is distributed over its types, which a generic parameter cannot express.
  return event as NewCallEvent;
}
