import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { openInstanceDatabase } from '#src/bench/instance-database.ts';
import { seedLongCall } from '#src/bench/seed-long-call.ts';
import { luigi } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';

const hoursMs = 2 * 3_600_000;
const shots = process.env.PATCHBAY_SHOTS;

test('a live call of two hours follows its live edge, and what comes in costs its page little [C9]', async () => {
  test.setTimeout(240_000);
  const assistantId = (await luigi()).id;
  const id = await seedLongCall(state().home, { assistantId, teamId: 'team_demo', live: true });
  const began = Date.now() - hoursMs;
  const { appendCallEvent } = await openInstanceDatabase();
  let told = 0;
  const say = async (text: string) =>
    appendCallEvent('team_demo', id, {
      id: `said-${++told}`,
      type: 'turn-committed',
      at: Date.now() - began,
      data: { text, source: 'typed', confidence: null },
    });
  const browser = await browserWithMicrophone();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const { errors } = watchConsole(page);
    await signIn(context, page);
    await page.goto(`${state().url}/calls/${id}`);
    const { timeline, transcript } = callPage(page);
    await expect(transcript.getByText('Live', { exact: true })).toBeVisible({ timeout: 60_000 });
    await say('are you there');
    await expect(transcript.getByText('are you there')).toBeInViewport();

    // Time of the thread, not of a wall clock that shares the machine with others.
    const cdp = await context.newCDPSession(page);
    await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
    const workMs = async () => {
      const { metrics } = await cdp.send('Performance.getMetrics');
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
    };
    const before = await workMs();
    for (let i = 1; i <= 20; i++) {
      await say(`line ${i} of twenty`);
      await sleep(100);
    }
    await expect(transcript.getByText('line 20 of twenty')).toBeInViewport();
    const each = ((await workMs()) - before) / 20;
    console.log(`a live call of two hours: ${each.toFixed(1)} ms of work for an event and the clock beside it`);
    // How little it is, the bench tells; here only that an event does not do the work of the whole call.
    expect(each).toBeLessThanOrEqual(100);
    if (shots) await page.screenshot({ path: `${shots}/two-hours-live.png` });

    // Whoever reads further up is left alone.
    await transcript.hover();
    await page.mouse.wheel(0, -4_000);
    await expect(transcript.getByText('line 20 of twenty')).not.toBeInViewport();
    const top = await transcript.evaluate((pane) => pane.scrollTop);
    const rowsBefore = await transcript.getByRole('list').first().getAttribute('aria-label');
    const names = { serverId: 'Kitchen', serverName: 'Kitchen', tool: 'check_inventory' };
    await appendCallEvent('team_demo', id, {
      id: 'checked',
      type: 'tool-started',
      at: Date.now() - began,
      data: { ...names, arguments: {}, effect: 'read' },
      toolCallId: 'checked',
    });
    await say('still there');
    await expect(transcript.getByRole('list').first()).not.toHaveAttribute('aria-label', rowsBefore ?? '');
    await sleep(500);
    expect(Math.abs((await transcript.evaluate((pane) => pane.scrollTop)) - top)).toBeLessThan(200);
    await expect(transcript.getByText('still there')).not.toBeInViewport();

    // What was chosen earlier is looked at; back at the live edge its newest row is in sight.
    await transcript
      .getByRole('button', { name: /^Go to/ })
      .first()
      .click();
    await timeline.getByRole('button', { name: /^Jump to live/ }).click();
    await say('and now');
    await expect(transcript.getByText('and now')).toBeInViewport();
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});
