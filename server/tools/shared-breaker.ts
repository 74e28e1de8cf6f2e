import { type ServerBreaker, serverBreaker } from '#src/server/tools/server-breaker.ts';
import type { Sent } from '#src/server/tools/tool-outcome.ts';

/** What is known of a server: failures in a row, and how long it rests yet; null: it is asked as usual, below 0: the rest is over. */
export type Circuit = { failures: number; restsForMs: number | null };

/** Where the circuits of a team are kept, for all its calls; each method throws when it could not. */
export type CircuitStore = {
  read(serverIds: readonly string[]): Promise<Map<string, Circuit>>;
  failed(serverId: string): Promise<Circuit>;
  worked(serverId: string): Promise<void>;
  /** Takes the one try after a rest; false: another call has it. */
  takeTry(serverId: string): Promise<boolean>;
};

export type SharedBreaker = { breaker: ServerBreaker; refresh: () => Promise<void>; stop: () => void };

type Known = { failures: number; restsUntil: number | null };

const refreshMs = 2_000;

/**
 * A server that failed and failed, for whichever call of the team, rests for all of them. What others saw is read in the background,
 * every 2 s: a caller waits for the database only where a rest is over, and one call tries. While the store is away the
 * process' own breaker holds alone.
 */
export function sharedBreaker(
  store: CircuitStore,
  serverIds: readonly string[],
  { local = serverBreaker(), now = () => performance.now() }: { local?: ServerBreaker; now?: () => number } = {},
): SharedBreaker {
  const known = new Map<string, Known>();
  let telling: Promise<unknown> = Promise.resolve();
  let pending = 0;
  const learn = (serverId: string, { failures, restsForMs }: Circuit) =>
    known.set(serverId, { failures, restsUntil: restsForMs === null ? null : now() + restsForMs });
  const tell = (work: () => Promise<void>) => {
    pending += 1;
    telling = telling
      .then(work)
      .catch(() => {})
      .finally(() => {
        pending -= 1;
      });
  };
  const refresh = async () => {
    const read = pending > 0 ? null : await store.read(serverIds).catch(() => null);
    // What this process has just seen is newer.
    if (!read || pending > 0) return;
    for (const serverId of serverIds) learn(serverId, read.get(serverId) ?? { failures: 0, restsForMs: null });
  };
  const timer = setInterval(() => void refresh(), refreshMs).unref();

  const breaker: ServerBreaker = async (serverId, work) => {
    const { restsUntil } = known.get(serverId) ?? { restsUntil: null };
    if (restsUntil !== null) {
      if (now() < restsUntil) return null;
      const mine = await store.takeTry(serverId).catch(() => true);
      if (!mine) {
        void refresh();
        return null;
      }
    }
    const sent = await local(serverId, work);
    if (sent?.trouble) {
      known.set(serverId, { failures: (known.get(serverId)?.failures ?? 0) + 1, restsUntil });
      tell(async () => void learn(serverId, await store.failed(serverId)));
    } else if (sent && wasAnswered(sent) && (known.get(serverId)?.failures ?? 0) > 0) {
      known.set(serverId, { failures: 0, restsUntil: null });
      tell(() => store.worked(serverId));
    }
    return sent;
  };
  return { breaker, refresh, stop: () => clearInterval(timer) };
}

/** A call that was given up, or never left, says nothing of the server. */
const saysNothing = new Set([
  'interrupted',
  'log-unavailable',
  'ledger-unavailable',
  'not-done',
  'in-doubt',
  'timed-out',
]);

function wasAnswered({ outcome }: Sent): boolean {
  return outcome.state === 'succeeded' || !saysNothing.has(outcome.code);
}
