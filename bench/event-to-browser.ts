import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, spread } from '#src/bench/figure.ts';
import { openInstanceDatabase } from '#src/bench/instance-database.ts';
import { eventually, luigi, ofType, place } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';

const events = 200;
const everyMs = 25;
const otherWatchers = 20;

/** From just before the insert to the listener in a page in Chromium, with more watchers on the same call. */
export async function eventToBrowser(): Promise<Figure[]> {
  const { appendCallEvent, close } = await openInstanceDatabase();
  const browser = await browserWithMicrophone();
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    await signIn(context, page);
    const { id } = await place({ assistantId: (await luigi()).id });
    // The agent's start and the next warm process take both cores for some seconds; this is about a call that runs.
    await eventually(id, (events) => ofType(events, 'call-started').length > 0);
    await sleep(8_000);
    const stop = new AbortController();
    for (let i = 0; i < otherWatchers; i++)
      void fetch(`${state().url}/api/v1/calls/${id}/events`, {
        headers: { authorization: `Bearer ${state().token}`, accept: 'text/event-stream' },
        signal: stop.signal,
      })
        .then(async (response) => {
          for await (const _ of response.body ?? []) void _;
        })
        .catch(() => {});
    await page.evaluate((address) => {
      const delays: number[] = [];
      Object.assign(window, { delays });
      const source = new EventSource(address);
      source.onmessage = (message) => {
        const sent = /"bench (\d+(?:\.\d+)?)"/.exec(message.data)?.[1];
        if (sent) delays.push(performance.timeOrigin + performance.now() - Number(sent));
      };
      return new Promise((resolve) => {
        source.onopen = resolve;
      });
    }, `${state().url}/api/v1/calls/${id}/events`);
    for (let i = 0; i < events; i++) {
      const now = performance.timeOrigin + performance.now();
      await appendCallEvent('team_demo', id, {
        id: `bench-${i}`,
        type: 'caller-not-understood',
        at: i,
        data: { heard: `bench ${now}`, confidence: null },
      });
      await sleep(everyMs);
    }
    await page.waitForFunction((wanted) => (window as unknown as { delays: number[] }).delays.length >= wanted, events);
    const delays = await page.evaluate(() => (window as unknown as { delays: number[] }).delays);
    stop.abort();
    return [
      {
        name: 'Event to browser',
        value: spread(delays, 1),
        expected: 'p95 ≤ 50 ms',
        how: `insert to EventSource in Chromium, ${1000 / everyMs} events/s, ${otherWatchers} more watchers`,
      },
    ];
  } finally {
    await browser.close();
    await close();
  }
}
