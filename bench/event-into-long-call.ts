import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from '@playwright/test';
import { z } from 'zod';
import type { Figure } from '#src/bench/figure.ts';
import { openInstanceDatabase } from '#src/bench/instance-database.ts';
import { longCall } from '#src/bench/long-call.ts';
import { seedLongCall } from '#src/bench/seed-long-call.ts';
import { luigi } from '#src/e2e/harness/api.ts';
import { state } from '#src/e2e/harness/state.ts';

const events = 50;
const everyMs = 100;
const hoursMs = 2 * 3_600_000;

type Event = ReturnType<typeof longCall>[number];

const lastWords = 'and that was all';
const last: Event = {
  id: 'last',
  type: 'turn-committed',
  at: 0,
  data: { text: lastWords, source: 'typed', confidence: null },
};
const traceSchema = z.object({
  traceEvents: z.array(
    z.object({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      /** Of the processor, in microseconds. */
      tdur: z.number().optional(),
      args: z.looseObject({ name: z.unknown().optional() }).optional(),
    }),
  ),
});

type Cost = { workMs: number; longestTaskMs: number; longestFrameMs: number };

/** What one event costs the page of a live call: of two hours, and, beside it, of a minute. */
export async function eventIntoLongCall(browser: Browser, page: Page): Promise<Figure> {
  const short = await watchCall(browser, page, 60_000, 160);
  const long = await watchCall(browser, page, hoursMs, 20_000);
  return {
    name: 'Event into a live two-hour call',
    value: `${words(long)}; of a one-minute call ${words(short)}`,
    expected: 'no task > 50 ms',
    how: `the page's main thread while ${events} events come in, ${1000 / everyMs} a second, less its work while none do (18,000 events; Chromium)`,
  };
}

const words = ({ workMs, longestTaskMs, longestFrameMs }: Cost) =>
  `${workMs.toFixed(1)} ms an event, longest task ${longestTaskMs.toFixed(0)} ms, longest frame ${longestFrameMs.toFixed(0)} ms`;

async function watchCall(browser: Browser, page: Page, durationMs: number, size: number): Promise<Cost> {
  const assistantId = (await luigi()).id;
  const id = await seedLongCall(state().home, {
    assistantId,
    teamId: 'team_demo',
    durationMs,
    events: size,
    live: true,
  });
  const began = Date.now() - durationMs;
  const { appendCallEvent, close } = await openInstanceDatabase();
  try {
    await page.goto(`${state().url}/calls/${id}`);
    const transcript = page.getByRole('region', { name: 'Transcript' });
    await transcript.getByText('Live', { exact: true }).waitFor();
    await sleep(3_000);
    const cdp = await page.context().newCDPSession(page);
    // Time of the thread, not of a wall clock that shares the machine with others.
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    const idleMs = await workDuring(cdp, () => sleep(events * everyMs));
    await page.evaluate(noteFrames);
    await browser.startTracing(page, { categories: ['toplevel', '__metadata'] });
    // The last turns of such a call, again.
    const tail = longCall(durationMs, size).slice(-events - 1, -1);
    const busyMs = await workDuring(cdp, async () => {
      const from = Date.now();
      for (const [i, event] of [...tail, last].entries()) {
        await sleep(Math.max(0, from + i * everyMs - Date.now()));
        await appendCallEvent('team_demo', id, again(event, i, Date.now() - began));
      }
      await transcript.getByText(lastWords).waitFor({ timeout: 120_000 });
    });
    const tasks = tasksOf(traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8'))));
    const frames = await page.evaluate(() => (window as unknown as { frames: number[] }).frames);
    await cdp.detach();
    return {
      workMs: Math.max(0, busyMs - idleMs) / events,
      longestTaskMs: Math.max(...tasks),
      longestFrameMs: Math.max(...frames),
    };
  } finally {
    await close();
  }
}

/** The same event once more, later: its ids are new. */
function again(event: Event, place: number, at: number): Event {
  const { toolCallId, data } = event;
  return {
    ...event,
    id: `again-${place}`,
    at,
    data: 'speechId' in data ? { ...data, speechId: `again-${data.speechId}` } : data,
    ...(toolCallId ? { toolCallId: `again-${toolCallId}` } : {}),
  } as Event;
}

async function workDuring(cdp: CDPSession, work: () => Promise<void>): Promise<number> {
  const taken = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  const before = await taken();
  await work();
  return (await taken()) - before;
}

/** Runs in the page: notes how long each frame took. */
function noteFrames() {
  const frames: number[] = [];
  Object.assign(window, { frames });
  let last = performance.now();
  const frame = (now: number) => {
    frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

/** What each task of the busiest main thread took of the processor, ms. */
function tasksOf({ traceEvents }: z.infer<typeof traceSchema>): number[] {
  const mains = new Set(
    traceEvents.flatMap(({ name, args, pid, tid }) =>
      name === 'thread_name' && args?.name === 'CrRendererMain' ? [`${pid} ${tid}`] : [],
    ),
  );
  const threads = Map.groupBy(
    traceEvents.filter(({ name, pid, tid }) => name.endsWith('RunTask') && mains.has(`${pid} ${tid}`)),
    ({ pid, tid }) => `${pid} ${tid}`,
  );
  const took = [...threads.values()].map((tasks) => tasks.map(({ tdur = 0 }) => tdur / 1000));
  const sum = (tasks: readonly number[]) => tasks.reduce((all, ms) => all + ms, 0);
  return took.sort((a, b) => sum(b) - sum(a))[0] ?? [0];
}
