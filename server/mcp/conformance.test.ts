import { expect, test } from 'vitest';
import { type Leg, runConformance, writtenExceptions } from '#src/server/mcp/testing/run-conformance.ts';

// `all` holds every scenario that 2025-11-25 asks for, over that revision's wire.
test.for<[Leg, number]>([
  ['all', 40],
  ['2026-07-28', 30],
])(
  'our client passes the official conformance suite, %s, but for the written exceptions [V1] [V3] [V5] [V7]',
  { timeout: 240_000 },
  async ([leg, atLeast]) => {
    const [results, exceptions] = await Promise.all([runConformance(leg), writtenExceptions()]);
    expect(results.length).toBeGreaterThanOrEqual(atLeast);
    const failing = results.filter(({ failed }) => failed.length > 0);
    const unexpected = failing.filter(({ scenario }) => !exceptions.has(scenario));
    expect(unexpected, 'scenarios that fail and are not in docs/conformance.md').toEqual([]);
    if (leg !== 'all') return;
    const stale = [...exceptions.keys()].filter((name) => !failing.some(({ scenario }) => scenario === name));
    expect(stale, 'scenarios of docs/conformance.md that pass').toEqual([]);
  },
);
