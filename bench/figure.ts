import { quantiles } from '#src/server/qa/bench/quantiles.ts';

/** One measured row. */
export type Figure = { name: string; value: string; expected?: string | undefined; how: string };

/** `p50 12 ms, p95 30 ms, max 41 ms (n 200)`. */
export function spread(values: readonly number[], digits = 0): string {
  const { n, p50, p95, most } = quantiles(values);
  return `p50 ${p50.toFixed(digits)} ms, p95 ${p95.toFixed(digits)} ms, max ${most.toFixed(digits)} ms (n ${n})`;
}
