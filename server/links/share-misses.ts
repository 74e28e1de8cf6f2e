const windowMs = 60_000;
const mostMisses = 30;
/** More addresses than this are not told apart for long: the oldest is forgotten. */
const mostAddresses = 10_000;

type Misses = Map<string, number[]>;

// The proxy and the pages are bundles of their own in one process: one list for both.
const store: typeof globalThis & { patchbayShareMisses?: Misses } = globalThis;
store.patchbayShareMisses ??= new Map();
const misses: Misses = store.patchbayShareMisses;

/** Writes down that an address tried a secret that opens nothing. */
export function noteMiss(address: string, nowMs = Date.now()): void {
  const recent = [...recentMisses(address, nowMs), nowMs];
  misses.delete(address);
  misses.set(address, recent);
  const [oldest] = misses.keys();
  if (misses.size > mostAddresses && oldest !== undefined) misses.delete(oldest);
}

/** True for an address that guesses. A secret has 192 bits, so nothing is guessed: this keeps the database quiet. */
export function triesTooMuch(address: string, nowMs = Date.now()): boolean {
  return recentMisses(address, nowMs).length >= mostMisses;
}

function recentMisses(address: string, nowMs: number): number[] {
  return (misses.get(address) ?? []).filter((at) => nowMs - at < windowMs);
}
