import { type CallFilter, callFilterOf } from '#src/lib/calls/call-filter.ts';
import { readCallShapes } from '#src/server/calls/read-call-shapes.ts';
import { readCallsPage } from '#src/server/calls/read-calls-page.ts';
import { homeFigures } from '#src/server/home/home-figures.ts';
import { type Quantiles, quantiles } from '#src/server/qa/bench/quantiles.ts';

const rounds = 8;

const filters: Record<string, string>[] = [
  {},
  { since: 'day' },
  { since: 'month' },
  { status: 'failed' },
  { assistantId: 'asst_2', version: '5' },
  { version: 'draft' },
  { callerKind: 'synthetic' },
  { caller: 'caller 4711' },
  { endedReason: 'silence', flag: 'dead-air' },
  { tool: 'tool_3' },
  { tool: 'rare_tool' },
  { tool: 'never_used' },
  { failedTool: 'tool_1' },
  { failedTool: 'any', since: 'week' },
  { flag: 'any' },
  { flag: 'loop', wrote: 'true' },
  { broken: 'true' },
  { replyOverMs: '2900' },
  { replyOverMs: '100000' },
  { minMs: '119000', maxMs: '120000' },
  { label: 'good' },
  { label: 'nobody wrote this' },
];
const searches: Record<string, string>[] = [
  { q: 'bababa' },
  { q: 'babadi' },
  { q: 'bababa bacoba' },
  { q: 'ba' },
  { q: 'zasti' },
  { q: 'zx4711' },
  { q: 'zx471' },
  { q: 'zx99' },
  { q: '"bababa bababa"' },
  { q: 'bababa -bacoba' },
  { q: 'stistile or chesticho' },
  { q: 'nevernever' },
  { q: 'bababa', failedTool: 'any' },
  { q: 'bababa', tool: 'rare_tool' },
  { q: 'babaco', since: 'week', flag: 'any' },
  { q: 'zx4711', status: 'ended' },
];

/** First pages, searches and the home page of a team, each as its page reads it; ms. */
export async function measureFinding(teamId: string): Promise<{ first: Quantiles; found: Quantiles; home: Quantiles }> {
  const first = await measure(teamId, filters);
  const found = await measure(teamId, searches);
  const home: number[] = [];
  for (let round = 0; round < rounds; round++) home.push(await time(() => homeFigures(teamId)));
  return { first, found, home: quantiles(home) };
}

/** Each list as the page reads it: the calls that go on, the first page, how many there are, and their shapes. */
async function measure(teamId: string, lists: Record<string, string>[]): Promise<Quantiles> {
  const all: number[] = [];
  for (const query of lists) {
    const filter = callFilterOf(query);
    const took: number[] = [];
    for (let round = 0; round < rounds; round++) took.push(await time(() => readPage(teamId, filter)));
    const { p50, most } = quantiles(took);
    console.log(`${JSON.stringify(query)}: median ${p50.toFixed(0)} ms, most ${most.toFixed(0)} ms`);
    all.push(...took);
  }
  return quantiles(all);
}

async function readPage(teamId: string, filter: CallFilter): Promise<void> {
  const page = await readCallsPage(teamId, filter, { limit: 50 });
  await readCallShapes(
    teamId,
    page.items.map(({ id }) => id),
  );
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}
