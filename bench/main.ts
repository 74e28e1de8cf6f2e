import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { eventToBrowser } from '#src/bench/event-to-browser.ts';
import type { Figure } from '#src/bench/figure.ts';
import { findCalls } from '#src/bench/find-calls.ts';
import { greeting } from '#src/bench/greeting.ts';
import { lighthouseGroups } from '#src/bench/lighthouse.ts';
import { mcpCall } from '#src/bench/mcp-call.ts';
import { mcpOpen } from '#src/bench/mcp-open.ts';
import { openLongCall } from '#src/bench/open-long-call.ts';
import { runtime } from '#src/bench/runtime.ts';
import { toolList } from '#src/bench/tool-list.ts';
import { voice } from '#src/bench/voice.ts';
import { warmStart } from '#src/bench/warm-start.ts';
import { watchers } from '#src/bench/watchers.ts';
import { startInstance } from '#src/e2e/harness/instance.ts';
import { writeState } from '#src/e2e/harness/state.ts';

type Section = { name: string; ownInstance: boolean; run: () => Promise<Figure[]> };

const sections: Section[] = [
  { name: 'start', ownInstance: true, run: warmStart },
  { name: 'mcp-call', ownInstance: true, run: mcpCall },
  { name: 'mcp-open', ownInstance: true, run: mcpOpen },
  { name: 'runtime', ownInstance: true, run: runtime },
  { name: 'calls', ownInstance: true, run: findCalls },
  { name: 'events', ownInstance: false, run: eventToBrowser },
  { name: 'watchers', ownInstance: false, run: watchers },
  { name: 'long-call', ownInstance: false, run: openLongCall },
  { name: 'lighthouse', ownInstance: false, run: lighthouseGroups },
  { name: 'greeting', ownInstance: false, run: greeting },
  { name: 'tool-list', ownInstance: false, run: toolList },
  { name: 'voice', ownInstance: true, run: voice('compare', 'greetings') },
  { name: 'heard', ownInstance: true, run: voice('heard') },
  { name: 'writes', ownInstance: true, run: voice('writes') },
  { name: 'pauses', ownInstance: true, run: voice('pauses') },
  { name: 'load', ownInstance: true, run: voice('at-once') },
];

const wanted = process.argv.slice(2);
const chosen = sections.filter((section) => wanted.length === 0 || wanted.includes(section.name));
const measured = new Map<string, Figure[]>();

// What reads the settings of the shared instance comes first: settings are read once a process.
const shared = chosen.filter((candidate) => !candidate.ownInstance);
if (shared.length > 0) {
  const instance = await startInstance();
  try {
    await keepingEnvironment(async () => {
      const { url, setupUrl, home } = instance;
      writeState({ url, setupUrl, home, token: instance.token('bench') });
      for (const section of shared) measured.set(section.name, await section.run());
    });
  } finally {
    await instance.stop();
  }
}
for (const section of chosen.filter((candidate) => candidate.ownInstance))
  await keepingEnvironment(async () => void measured.set(section.name, await section.run()));
report();
process.exit(0);

/** A section may set variables for what it starts; the next one begins without them. */
async function keepingEnvironment(work: () => Promise<void>): Promise<void> {
  const before = { ...process.env };
  try {
    await work();
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** Prints the figures and writes them into docs/benchmarks.md; sections that did not run keep what stands there. */
function report(): void {
  const file = new URL('../docs/benchmarks.md', import.meta.url);
  const kept = readKept(file);
  const rows = sections.flatMap(({ name }) => {
    const figures = measured.get(name);
    const lines = figures
      ? figures.map((figure) => `| ${figure.name} | ${figure.value} | ${figure.expected ?? ''} | ${figure.how} |`)
      : (kept.get(name) ?? []);
    for (const line of figures ? lines : []) console.log(line);
    return lines.length > 0 ? [`<!-- ${name} -->`, ...lines] : [];
  });
  writeFileSync(
    file,
    [
      '# Benchmarks',
      '',
      `Made by \`npm run bench\` (${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, everything on loopback: callers, browser and servers share the machine).`,
      '',
      '| figure | measured | expected | how |',
      '|---|---|---|---|',
      ...rows,
      '',
    ].join('\n'),
  );
}

function readKept(file: URL): Map<string, string[]> {
  const kept = new Map<string, string[]>();
  let section = '';
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return kept; // the first run
  }
  for (const line of text.split('\n')) {
    section = /^<!-- (.+) -->$/.exec(line)?.[1] ?? section;
    if (section && line.startsWith('| ')) kept.set(section, [...(kept.get(section) ?? []), line]);
  }
  return kept;
}
