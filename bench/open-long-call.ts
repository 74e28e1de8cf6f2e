import type { Page } from '@playwright/test';
import { z } from 'zod';
import { eventIntoLongCall } from '#src/bench/event-into-long-call.ts';
import type { Figure } from '#src/bench/figure.ts';
import { seedLongCall } from '#src/bench/seed-long-call.ts';
import { luigi } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';
import { quantiles } from '#src/server/qa/bench/quantiles.ts';

const opens = 5;
const traceSchema = z.object({
  traceEvents: z.array(z.object({ name: z.string(), ts: z.number().optional(), ph: z.string() })),
});

/** A call of two hours and 18,000 events: until it can be read, and the frames that Chromium draws while it is scrubbed. */
export async function openLongCall(): Promise<Figure[]> {
  const id = await seedLongCall(state().home, { assistantId: (await luigi()).id, teamId: 'team_demo' });
  const browser = await browserWithMicrophone();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await signIn(context, page);
    const tookMs: number[] = [];
    for (let i = 0; i <= opens; i++) {
      await page.goto(`${state().url}/calls`);
      const from = performance.now();
      await page.goto(`${state().url}/calls/${id}`, { waitUntil: 'commit' });
      await page.getByRole('region', { name: 'Transcript' }).getByText('how many funghi are left').first().waitFor();
      // The first one warms the server up.
      if (i > 0) tookMs.push(performance.now() - from);
    }
    await page.locator('[data-waveform=ready] canvas').waitFor();
    await page.waitForTimeout(2_000);
    await browser.startTracing(page, {
      categories: ['devtools.timeline.frame', 'disabled-by-default-devtools.timeline.frame'],
    });
    const seconds = await scrub(page);
    const { traceEvents } = traceSchema.parse(JSON.parse((await browser.stopTracing()).toString('utf8')));
    const drawn = traceEvents.filter(({ name }) => name === 'DrawFrame').flatMap(({ ts }) => ts ?? []);
    const dropped = traceEvents.filter(({ name }) => name === 'DroppedFrame').length;
    const between = drawn
      .toSorted((a, b) => a - b)
      .flatMap((ts, i, all) => (i === 0 ? [] : [(ts - (all[i - 1] ?? ts)) / 1000]));
    const { p50, p95 } = quantiles(between);
    const open = quantiles(tookMs);
    return [
      {
        name: 'Two-hour call opens',
        value: `median ${(open.p50 / 1000).toFixed(2)} s, slowest ${(open.most / 1000).toFixed(2)} s (n ${opens})`,
        expected: '≤ 1.5 s',
        how: '18,000 events, from the click until its first turn can be read, in Chromium',
      },
      {
        name: 'Two-hour call scrubs',
        value: `${(drawn.length / seconds).toFixed(0)} frames/s, between frames p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms, ${dropped} dropped`,
        expected: '60 frames/s',
        how: `frames in Chromium's trace while the timeline is panned and zoomed for ${seconds.toFixed(0)} s (drawn by the processor)`,
      },
      await eventIntoLongCall(browser, page),
    ];
  } finally {
    await browser.close();
  }
}

/** Zooms in, then goes along the call, a wheel event with every frame. Answers how many seconds that took. */
async function scrub(page: Page): Promise<number> {
  return page.getByRole('region', { name: 'Timeline' }).evaluate(async (section) => {
    const track = section.querySelector('[data-track]') ?? section;
    const box = track.getBoundingClientRect();
    const from = performance.now();
    for (let i = 0; i < 360; i++) {
      const zoom = i % 180 < 60;
      track.dispatchEvent(
        new WheelEvent('wheel', {
          deltaX: zoom ? 0 : 40,
          deltaY: zoom ? (i < 180 ? -18 : 18) : 0,
          clientX: box.left + box.width / 2,
          clientY: box.top,
          bubbles: true,
          cancelable: true,
        }),
      );
      await new Promise(requestAnimationFrame);
    }
    return (performance.now() - from) / 1000;
  });
}
