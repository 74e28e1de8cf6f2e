import { type Browser, type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import { seedLongCall } from '#src/bench/seed-long-call.ts';
import { api, ended, luigi, ofType, place } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';
import { auditPage } from '#src/e2e/pages/audit-page.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';
import { recordingWaveformSchema } from '#src/lib/calls/recording.ts';
import { LevelReader } from '#src/lib/latency/sound-levels.ts';
import { soundsOf } from '#src/lib/latency/sounds.ts';

const shots = process.env.PATCHBAY_SHOTS;
let browser: Browser;
test.beforeAll(async () => {
  browser = await browserWithMicrophone();
});
test.afterAll(() => browser.close());

async function signedIn(o: BrowserContextOptions = {}): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...o });
  const page = await context.newPage();
  const { errors } = watchConsole(page);
  // Whatever the page plays can be asked how far it is.
  await page.addInitScript(() => {
    const Original = window.Audio;
    window.Audio = class extends Original {
      constructor(address?: string) {
        super(address);
        Object.assign(window, { played: this });
      }
    };
  });
  await signIn(context, page);
  return { page, errors };
}

const audioMs = (page: Page) =>
  page.evaluate(() => {
    const audio: unknown = Reflect.get(window, 'played');
    return audio instanceof HTMLAudioElement ? audio.currentTime * 1000 : -1;
  });

const waveform = async (id: string) =>
  recordingWaveformSchema.parse(await api('GET', `/calls/${id}/recording/waveform`));

test('a call is recorded, its sound lies where its log says, and plays from any word [C9] [B4] [C8]', async () => {
  test.setTimeout(150_000);
  const { id } = await place({
    assistantId: (await luigi()).id,
    say: ['how many margherita pizzas are left', 'what is on the menu'],
  });
  const log = await ended(id);
  await expect.poll(async () => (await waveform(id)).state, { timeout: 20_000 }).toBe('ready');
  const { durationMs, heard } = await waveform(id);
  expect(heard?.replies.length).toBeGreaterThanOrEqual(2);

  // The file itself: each beginning of speech in the log is a sound of the agent's side.
  const response = await fetch(`${state().url}/api/v1/calls/${id}/recording`, {
    headers: { authorization: `Bearer ${state().token}`, range: 'bytes=44-' },
  });
  expect(response.status).toBe(206);
  const reader = new LevelReader(16_000);
  reader.take(new Int16Array(await response.arrayBuffer()));
  const levels = reader.levels();
  const agent = soundsOf(levels.agent, levels.stepMs);
  for (const { at } of ofType(log, 'agent-speech-started'))
    expect(Math.min(...agent.map(({ from }) => Math.abs(from - (at ?? 0))))).toBeLessThanOrEqual(150);

  const { page, errors } = await signedIn();
  await page.goto(`${state().url}/calls/${id}`);
  const call = callPage(page);
  await expect(call.timeline.locator('[data-waveform=ready] canvas')).toBeVisible();
  await expect(page.getByLabel('As heard')).toContainText('Answers as heard');

  // The picture: the agent's bar in its lane begins where the waveform does.
  const bar = await call.timeline
    .getByRole('button', { name: /^Agent:/ })
    .nth(1)
    .boundingBox();
  const wave = await call.timeline.locator('[data-waveform=ready] canvas').evaluate((canvas, x) => {
    if (!(canvas instanceof HTMLCanvasElement)) return null;
    const box = canvas.getBoundingClientRect();
    const scale = canvas.width / box.width;
    const pen = canvas.getContext('2d');
    const row = Math.round(canvas.height * 0.75) - 4;
    const drawn = (at: number) => (pen?.getImageData(Math.round((at - box.left) * scale), row, 1, 1).data[3] ?? 0) > 0;
    for (let at = x - 25; at < x + 40; at++) if (drawn(at)) return at - x;
    return null;
  }, bar?.x ?? 0);
  expect(Math.abs(wave ?? 999)).toBeLessThanOrEqual(6);

  // Space plays, the playhead moves with the sound, space pauses where it is.
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('Space');
  await expect.poll(() => audioMs(page), { timeout: 15_000 }).toBeGreaterThan(1_000);
  const playhead = call.timeline.locator('[data-playhead]');
  const away = Math.abs(Number(await playhead.getAttribute('data-playhead')) - (await audioMs(page)));
  expect(away).toBeLessThan(250);
  await page.keyboard.press('Space');
  const rested = Number(await playhead.getAttribute('data-playhead'));
  expect(rested).toBeGreaterThan(900);
  expect(await page.evaluate(() => (Reflect.get(window, 'played') as HTMLAudioElement).duration * 1000)).toBeCloseTo(
    durationMs,
    -2,
  );

  // A word of a later turn: it is heard from there.
  const asked = ofType(log, 'turn-committed')[1];
  const word = call.transcript.getByText('menu', { exact: true }).first();
  await word.click();
  await expect.poll(() => audioMs(page)).toBeGreaterThan((asked?.at ?? 0) - 6_000);
  await expect(page.getByRole('button', { name: 'Pause (space)' })).toBeVisible();
  await page.getByRole('button', { name: 'Pause (space)' }).click();
  await expect(page.getByRole('button', { name: 'Play from here' })).toBeVisible();

  await auditPage(page, 'a recorded call');
  if (shots) await page.screenshot({ path: `${shots}/call-light.png` });
  if (shots) {
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: `${shots}/call-dark.png` });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: `${shots}/call-dark-phone.png` });
    await page.goto(`${state().url}/calls`);
    await page.screenshot({ path: `${shots}/calls-phone.png` });
  }

  // Deleted: the page says so, and works.
  await api('DELETE', `/calls/${id}/recording`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(`${state().url}/calls/${id}`);
  await expect(call.timeline).toContainText('The recording was deleted.');
  await expect(call.transcript).toContainText('how many margherita pizzas are left');
  expect(errors).toEqual([]);
});

test('two hours with 18,000 events open at once and scroll smoothly [C9]', async () => {
  test.setTimeout(300_000);
  const assistant = await luigi();
  const id = await seedLongCall(state().home, { assistantId: assistant.id, teamId: 'team_demo' });
  const { page, errors } = await signedIn();
  await page.goto(`${state().url}/calls`);
  const began = Date.now();
  await page.goto(`${state().url}/calls/${id}`, { waitUntil: 'commit' });
  const { timeline, transcript } = callPage(page);
  await expect(transcript.getByText('how many funghi are left').first()).toBeVisible({ timeout: 180_000 });
  const openMs = Date.now() - began;
  await expect(timeline.locator('[data-waveform=ready] canvas')).toBeVisible();
  expect(await page.locator('li[id^=item-]').count()).toBeLessThan(120);

  // Closer, then along the call: a wheel event with every frame.
  const frames = async (deltaX: number, deltaY: number) =>
    timeline.evaluate(
      async (section, wheel) => {
        const target = section.querySelector('[data-track]') ?? section;
        const box = target.getBoundingClientRect();
        const times: number[] = [];
        let last = await new Promise<number>(requestAnimationFrame);
        for (let i = 0; i < 180; i++) {
          target.dispatchEvent(
            new WheelEvent('wheel', {
              deltaX: wheel.deltaX,
              deltaY: wheel.deltaY,
              clientX: box.left + box.width / 2,
              clientY: box.top,
              bubbles: true,
              cancelable: true,
            }),
          );
          const now = await new Promise<number>(requestAnimationFrame);
          times.push(now - last);
          last = now;
        }
        return times.sort((a, b) => a - b);
      },
      { deltaX, deltaY },
    );
  const at = (sorted: number[], part: number) => Math.round(sorted[Math.floor(sorted.length * part)] ?? 0);
  const cdp = await page.context().newCDPSession(page);
  // Time of the thread, not of a wall clock that shares the machine with others.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const workMs = async () => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0);
  };
  const figures: string[] = [];
  for (const [what, deltaX, deltaY] of [
    ['zoom in', 0, -18],
    ['pan', 40, 0],
    ['zoom out', 0, 18],
  ] as const) {
    const before = await workMs();
    const times = await frames(deltaX, deltaY);
    const work = (await workMs()) - before;
    figures.push(
      `${what} ${(work / times.length).toFixed(1)} ms (between frames p50 ${at(times, 0.5)}, p95 ${at(times, 0.95)})`,
    );
    // How fast it is, the bench tells; here only that a frame does not do the work of the whole call.
    expect.soft(work / times.length, `work for a frame: ${what}`).toBeLessThanOrEqual(100);
  }
  console.log(`two hours: open ${openMs} ms; work of a frame: ${figures.join(', ')}`);

  // A flag leads to a row that was not in the page yet; keys go on from there.
  const wrong = page.getByRole('region', { name: 'What went wrong' });
  await wrong.getByRole('button', { name: /^Show \d+ more$/ }).click();
  await wrong
    .getByRole('button', { name: /\b1:\d\d:\d\d$/ })
    .first()
    .click();
  await expect(transcript.getByRole('button', { name: /^Go to 1:/ }).first()).toBeVisible();
  const playhead = timeline.locator('[data-playhead]');
  const flagged = Number(await playhead.getAttribute('data-playhead'));
  expect(flagged).toBeGreaterThan(3_600_000);
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('j');
  await expect.poll(async () => Number(await playhead.getAttribute('data-playhead'))).toBeGreaterThan(flagged);
  if (shots) await page.screenshot({ path: `${shots}/two-hours.png` });
  expect(errors).toEqual([]);

  // On a phone two fingers do it.
  const phone = await signedIn({ viewport: { width: 390, height: 844 }, hasTouch: true });
  await phone.page.goto(`${state().url}/calls/${id}`);
  const small = callPage(phone.page).timeline;
  const wave = small.locator('[data-waveform=ready]');
  await wave.scrollIntoViewIfNeeded();
  const box = await wave.boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 20];
  const touches = await phone.page.context().newCDPSession(phone.page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...places: number[]) =>
    touches.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: places.map((at, finger) => ({ x: at, y, id: finger })),
    });
  const seen = () => small.locator('[data-track]').first().locator('span').allTextContents();
  const before = await seen();
  await touch('touchStart', x - 100);
  await touch('touchStart', x - 100, x + 100);
  for (let step = 1; step <= 10; step++) await touch('touchMove', x - 100 + step * 8, x + 100 - step * 8);
  await touch('touchEnd');
  await expect.poll(seen).not.toEqual(before);
  expect(phone.errors).toEqual([]);
});
