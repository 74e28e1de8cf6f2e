import { ExponentialBackoff, handleAll, retry } from 'cockatiel';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';

export type WriteState = 'sent' | 'done' | 'not-done' | 'in-doubt';

/** A write that is about to be sent. */
export type WriteIntent = { toolCallId: string; serverId: string; tool: string; key: string };

/** What an earlier process of this call left of the same write. */
export type EarlierWrite = { toolCallId: string; state: WriteState; answer: string | null };

/** Where intents are kept; each method throws when it could not. */
export type WriteStore = {
  /** Keeps an intent that nobody has, answering its id, or answers the one that is there. */
  claim(intent: WriteIntent): Promise<{ id: string } | { earlier: EarlierWrite }>;
  settle(id: string, state: WriteState, answer: string | null): Promise<void>;
};

export type Claim =
  | { ok: true; settle: (state: WriteState, answer: string) => void }
  | { ok: false; earlier: EarlierWrite | null };

type Held = {
  toolCallId: string;
  key: string;
  deed: string;
  signal: AbortSignal;
  underWay: boolean;
  outcome: Promise<ToolOutcome>;
};

/** A database that takes longer than this to note a write is as good as away. */
const claimMs = 1_500;

/** Each write of a call, so that one request is sent once, whatever repeats it. */
export class WriteLedger {
  readonly #store: WriteStore;
  readonly #claimMs: number;
  readonly #held = new Map<string, Held>();
  readonly #settling = new Set<Promise<unknown>>();
  // Ten tries take about half a minute; a row that stays "sent" is called in doubt by the sweep.
  readonly #again = retry(handleAll, {
    maxAttempts: 10,
    backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 5_000 }),
  });

  constructor(store: WriteStore, options: { claimMs?: number } = {}) {
    this.#store = store;
    this.#claimMs = options.claimMs ?? claimMs;
  }

  /**
   * The same request, when it was made before in this call. A write that the caller talked over is under way still: the same deed in the
   * next turn is the model's second try, not a second order.
   */
  find(key: string, deed: string): Held | null {
    const same = this.#held.get(key);
    if (same) return same;
    const first = this.#talkedOver(deed);
    if (first) this.#held.set(key, first);
    return first;
  }

  /** True while a write that the caller talked over is still under way: asking for it again joins it. */
  isTalkedOver(deed: string): boolean {
    return this.#talkedOver(deed) !== null;
  }

  /** Keeps the outcome for whoever repeats the request. What was refused was never sent, and may be asked again. */
  async hold(
    request: { toolCallId: string; key: string; deed: string; signal: AbortSignal },
    outcome: Promise<ToolOutcome>,
  ): Promise<ToolOutcome> {
    const held: Held = { ...request, underWay: true, outcome };
    this.#held.set(request.key, held);
    const { state } = await outcome;
    held.underWay = false;
    if (state === 'refused') this.#forget(held);
    return outcome;
  }

  /** Notes the intent where it outlives this process. Without it the write must not be sent. Never throws. */
  async claim(intent: WriteIntent): Promise<Claim> {
    const claiming = this.#store.claim(intent);
    const claimed = await Promise.race([claiming.catch(() => null), late(this.#claimMs)]);
    if (!claimed) {
      // It may land yet: then the row has to say that nothing was sent.
      this.#track(claiming.then((made) => this.#undo(made)).catch(() => {}));
      return { ok: false, earlier: null };
    }
    if ('earlier' in claimed) return { ok: false, earlier: claimed.earlier };
    return { ok: true, settle: (state, answer) => this.#settle(claimed.id, state, answer) };
  }

  /** Notes of a claim, once it is there, that nothing was sent after all. */
  takeBack(claiming: Promise<Claim>, answer: string): void {
    this.#track(claiming.then((claim) => claim.ok && claim.settle('not-done', answer)));
  }

  /** Waits until every outcome is noted, or given up. */
  async settled(): Promise<void> {
    while (this.#settling.size > 0) await Promise.all(this.#settling);
  }

  #talkedOver(deed: string): Held | null {
    const same = (held: Held) => held.deed === deed && held.underWay && held.signal.aborted;
    return [...this.#held.values()].find(same) ?? null;
  }

  /** Also where a later turn joined it. */
  #forget(held: Held): void {
    for (const [key, one] of this.#held) if (one === held) this.#held.delete(key);
  }

  #undo(made: Awaited<ReturnType<WriteStore['claim']>>): void {
    if ('id' in made) this.#settle(made.id, 'not-done', null);
  }

  #settle(id: string, state: WriteState, answer: string | null): void {
    this.#track(this.#again.execute(() => this.#store.settle(id, state, answer)).catch(() => {}));
  }

  #track(work: Promise<unknown>): void {
    this.#settling.add(work);
    void work.finally(() => this.#settling.delete(work));
  }
}

function late(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null).unref());
}
