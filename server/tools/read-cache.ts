import type { Answer } from '#src/server/tools/tool-outcome.ts';

/** Where answers of reads are kept; each method throws when it could not. */
export type ReadStore = {
  find(key: string): Promise<Answer | null>;
  keep(entry: { key: string; serverId: string; answer: Answer; ttlMs: number }): Promise<void>;
  forget(serverId: string): Promise<void>;
};

/** A caller waits no longer than this for the cache: the server is asked instead. */
const patienceMs = 50;
/** A longer answer is not worth the room. */
const mostChars = 256 * 1024;

/** Answers of reads that may be given again (K7). It never throws and never holds a call up: without it the server is asked. */
export class ReadCache {
  readonly #store: ReadStore;
  /** Counts the writes to each server: a read that began before one must not be kept after it. */
  readonly #writes = new Map<string, number>();
  /** Servers whose old answers may still be in the store. */
  readonly #stale = new Set<string>();

  constructor(store: ReadStore) {
    this.#store = store;
  }

  /** The answer that was kept, or null. */
  async find(key: string, serverId: string): Promise<Answer | null> {
    if (this.#stale.has(serverId)) return null;
    return inTime(this.#store.find(key));
  }

  /** Answers a function that keeps the answer of a read that begins now, unless a write comes between. */
  keeper(key: string, serverId: string, ttlMs: number): (answer: Answer) => void {
    const before = this.#writes.get(serverId);
    return (answer) => {
      if (answer.rawChars > mostChars || this.#stale.has(serverId) || this.#writes.get(serverId) !== before) return;
      void this.#store.keep({ key, serverId, answer, ttlMs }).catch(() => {});
    };
  }

  /** After a write to a server, whatever became of it: what was read before counts no more. */
  async forget(serverId: string): Promise<void> {
    this.#writes.set(serverId, (this.#writes.get(serverId) ?? 0) + 1);
    this.#stale.add(serverId);
    const forgotten = this.#store.forget(serverId).then(
      () => this.#stale.delete(serverId),
      () => false,
    );
    await inTime(forgotten);
  }
}

async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, patienceMs, null);
  });
  try {
    return await Promise.race([work.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
