import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Figure } from '#src/bench/figure.ts';

const spread = z.object({ n: z.number(), p50: z.number(), p95: z.number(), most: z.number() });
const figuresSchema = z.object({
  calls: z.number(),
  events: z.number(),
  seedSeconds: z.number(),
  first: spread,
  found: spread,
  home: spread,
});

/** How soon calls are found among many, measured in a process of its own with a database of its own. */
export async function findCalls(): Promise<Figure[]> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'patchbay-bench-')), 'calls.json');
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'find-calls-process.ts'), file], { stdio: 'inherit' });
  const { calls, events, seedSeconds, first, found, home } = figuresSchema.parse(
    JSON.parse(readFileSync(file, 'utf8')),
  );
  const among = `among ${calls.toLocaleString('en')} calls with ${events.toLocaleString('en')} events (made in ${Math.round(seedSeconds)} s)`;
  return [
    {
      name: 'List of calls, first page',
      value: words(first),
      expected: 'p95 ≤ 200 ms',
      how: `22 filters, from none to one that finds nothing, with count and shapes, ${among}`,
    },
    {
      name: 'List of calls, search',
      value: words(found),
      expected: 'p95 ≤ 500 ms',
      how: `16 searches, words of every call and of one, beginnings, phrases, with filters, each with its moments, ${among}`,
    },
    { name: 'Home page, its figures', value: words(home), how: among },
  ];
}

const words = ({ n, p50, p95, most }: z.infer<typeof spread>): string =>
  `p50 ${p50.toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, max ${most.toFixed(0)} ms (n ${n})`;
