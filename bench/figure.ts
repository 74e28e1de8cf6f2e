/** One measured row. */
export type Figure = { name: string; value: string; expected?: string | undefined; how: string };

/** A quantile of some numbers, nearest rank. NaN when there are none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** `p50 12 ms, p95 30 ms (n 200)`. */
export function spread(values: readonly number[], digits = 0): string {
  const at = (q: number) => quantile(values, q).toFixed(digits);
  return `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${Math.max(...values).toFixed(digits)} ms (n ${values.length})`;
}
