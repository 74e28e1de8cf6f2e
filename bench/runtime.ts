import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Figure } from '#src/bench/figure.ts';

const spread = z.object({ n: z.number(), p50: z.number(), p95: z.number() }).loose();
const withCpu = spread.extend({ cpuMs: z.number() });
const figuresSchema = z.object({
  read: withCpu,
  write: withCpu,
  durable: spread,
  whole: spread,
  bare: spread,
});

/** What the tool runtime costs, measured in a process of its own with a database of its own. */
export async function runtime(): Promise<Figure[]> {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'patchbay-bench-')), 'runtime.json');
  execFileSync(process.execPath, [path.join(import.meta.dirname, 'runtime-process.ts'), file], { stdio: 'inherit' });
  const { read, write, durable, whole, bare } = figuresSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return [
    {
      name: 'Tool runtime, its own cost',
      value: `read ${words(read)}, ${read.cpuMs.toFixed(2)} ms of CPU; write ${words(write)}, ${write.cpuMs.toFixed(2)} ms of CPU`,
      expected: 'median ≤ 1 ms',
      how: 'all steps with output filter, breaker and ledger; no network, no database',
    },
    {
      name: 'Tool runtime, a write with its durable intent',
      value: words(durable),
      expected: 'median ≤ 5 ms',
      how: 'the event in the log and the row in the ledger, both in Postgres, before it is sent; a tool that answers at once',
    },
    {
      name: 'Read through the whole runtime',
      value: `${(whole.p50 / bare.p50).toFixed(2)} × the bare client (median ${whole.p50.toFixed(2)} ms against ${bare.p50.toFixed(2)} ms, n ${whole.n})`,
      expected: '≤ 1.3 ×',
      how: '`echo` of server-everything, with the log in Postgres, and the official client, in turn',
    },
  ];
}

const words = ({ n, p50, p95 }: z.infer<typeof spread>): string =>
  `median ${p50.toFixed(2)} ms, p95 ${p95.toFixed(2)} ms (n ${n})`;
