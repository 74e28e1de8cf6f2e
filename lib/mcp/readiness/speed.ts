import type { ReadinessRule } from '#src/lib/mcp/readiness/tool-facts.ts';

const of = 30;
/** Fewer runs say nothing about the slow ones. */
const enoughRuns = 5;

/** 95 of 100 runs are inside the latency budget of the server. Measured on real runs. */
export const speed: ReadinessRule = ({ facts: { p95Ms, budgetMs, runs = 0 } }) => {
  const rule = 'speed';
  if (p95Ms === undefined || budgetMs === undefined || runs < enoughRuns)
    return {
      rule,
      ok: true,
      points: 0,
      of: 0,
      message: `How fast it is, is not measured yet: ${runs} of ${enoughRuns} runs.`,
    };
  const share = p95Ms / budgetMs;
  const points = share <= 0.5 ? of : share <= 0.75 ? 24 : share <= 1 ? 18 : share <= 1.5 ? 8 : 0;
  const budget = `its ${seconds(budgetMs)} budget`;
  const message =
    share <= 0.5
      ? `p95 is ${seconds(p95Ms)}, well inside ${budget}.`
      : share <= 0.75
        ? `p95 is ${seconds(p95Ms)}, inside ${budget}.`
        : share <= 1
          ? `p95 is just inside ${budget}.`
          : `p95 is ${seconds(p95Ms)}, over ${budget}.`;
  return { rule, ok: share <= 0.75, points, of, message };
};

const seconds = (ms: number): string => (ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`);
