import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { recordAgent } from '#src/e2e/harness/agent-audio.ts';
import { call, eventually, isEnd, ofType } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, keepMicrophoneAsItIs, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { startTestSpeech, type TestSpeech, writeMicrophone } from '#src/e2e/harness/speech.ts';
import { startWeatherServer } from '#src/e2e/harness/weather-server.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';
import type { CallEvent } from '#src/lib/calls/call-event.ts';

let speech: TestSpeech;
test.beforeAll(async () => {
  speech = await startTestSpeech();
});
test.afterAll(() => speech.stop());

/** What the agent said to its end once the tool had answered. */
function saidAfterTool(log: CallEvent[]): string[] {
  const answered = log.findIndex(({ type }) => type === 'tool-succeeded');
  return answered < 0 ? [] : ofType(log.slice(answered), 'agent-speech-ended').map(({ data }) => data.text);
}

const folder = mkdtempSync(path.join(tmpdir(), 'patchbay-microphone-'));

test('a person makes the account, calls Luigi, asks, hears the number and reads the transcript [C1] [C2] [C7] [C8] [B1]', async () => {
  test.setTimeout(150_000);
  const [first, second, third] = await Promise.all(
    ['slt', 'rms', 'awb'].map((voice) => speech.speak('how many margherita pizzas are left', voice)),
  );
  const browser = await browserWithMicrophone(
    // A caller who was not understood says it again.
    writeMicrophone(path.join(folder, 'question.wav'), [
      10_000,
      first ?? 0,
      14_000,
      second ?? 0,
      14_000,
      third ?? 0,
      60_000,
    ]),
  );
  try {
    const context = await browser.newContext({ permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const { errors } = watchConsole(page);
    await keepMicrophoneAsItIs(page);
    const audio = await recordAgent(page);
    await signIn(context, page);
    await expect(page.getByRole('heading', { level: 1, name: 'Luigi' })).toBeVisible();

    await page.getByRole('button', { name: 'Test call' }).click();
    await page.waitForURL(/\/calls\/call_/);
    const id = /calls\/(call_\w+)/.exec(page.url())?.[1] ?? '';

    // The tool call appears while it happens: the page shows it before the call is over.
    await expect(page.getByRole('button', { name: /check_inventory.*margherita/ }).first()).toBeVisible({
      timeout: 60_000,
    });
    expect((await call(id)).status).toBe('live');
    const log = await eventually(id, (events) => saidAfterTool(events).some((text) => /margherita/i.test(text)));
    const answer = saidAfterTool(log).at(-1) ?? '';
    expect(answer).toMatch(/margherita/i);

    // Judged by the sound: the last stretch that came out of the loudspeaker says seven, and no other number.
    const said = answer.toLowerCase().replace(/[^a-z0-9 ]/g, '');
    const numbers = ['three', 'four', 'seven', 'nine', 'twelve', 'thirty'];
    const sentences = numbers.map((number) => said.replace(/\b(7|seven)\b/, number));
    const heardLast = async () => {
      const last = (await audio.loud()).at(-1);
      const { pcm, rate } = await audio.samples((last?.from ?? 0) - 200, (last?.to ?? 0) + 300);
      return speech.recognise(pcm, rate, sentences);
    };
    await expect.poll(heardLast, { timeout: 20_000 }).toContain('seven');

    await page.getByRole('button', { name: 'Hang up' }).click();
    const whole = await eventually(id, (events) => events.some(isEnd));
    expect(whole.at(-1)).toMatchObject({ type: 'call-ended', data: { reason: 'caller-hung-up' } });
    await expect(callPage(page).transcript).toContainText('how many margherita pizzas are left');
    await page
      .getByRole('button', { name: /check_inventory/ })
      .first()
      .click();
    await expect(page.getByText('"left"').first()).toBeVisible();
    await page.reload();
    await expect(callPage(page).transcript).toContainText('how many margherita pizzas are left');
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('a person adds an own server by name, URL and key, allows its tool, and calls again [C4] [C5] [C6] [K1] [K3] [V4]', async () => {
  const weather = await startWeatherServer();
  const browser = await browserWithMicrophone();
  try {
    const context = await browser.newContext({ permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const { errors } = watchConsole(page);
    await signIn(context, page);

    await page.getByRole('link', { name: 'Servers' }).first().click();
    await page
      .getByRole('link', { name: 'Add server' })
      .or(page.getByRole('button', { name: 'Add server' }))
      .first()
      .click();
    await page.getByLabel('Name', { exact: true }).fill('Weather');
    await page.getByLabel('Server URL').fill(weather.url);
    await page.getByRole('radio', { name: 'API key' }).check();
    await page.getByLabel('Key', { exact: true }).fill('wrong-key');
    await page.getByRole('button', { name: /Save and (test|check)/ }).click();
    await expect(page.getByText(/Authentication failed/).first()).toBeVisible();

    await page.getByLabel('Key', { exact: true }).fill(`  ${weather.key}\n`);
    await page.getByRole('button', { name: /Save and (test|check)/ }).click();
    await expect(page.getByText('get_weather').first()).toBeVisible({ timeout: 20_000 });
    await page.getByLabel('Allow get_weather').click();
    await page.getByLabel('Effect of get_weather').selectOption('read');
    expect(await page.content()).not.toContain(weather.key);

    await page.getByRole('link', { name: 'Assistants' }).first().click();
    if (!/assistants\/asst_/.test(page.url())) await page.getByRole('link', { name: 'Luigi' }).first().click();
    await page.getByRole('switch', { name: /get_weather/ }).click();
    await expect(page.getByText(/Saved/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Test call' }).click();
    await page.waitForURL(/\/calls\/call_/);
    const id = /calls\/(call_\w+)/.exec(page.url())?.[1] ?? '';
    await eventually(id, (events) => ofType(events, 'agent-speech-ended').length >= 1);
    await page.getByPlaceholder(/Type instead/).fill('what is the weather in palermo');
    await page.keyboard.press('Enter');
    const log = await eventually(id, (events) => ofType(events, 'tool-succeeded').length >= 1);
    expect(ofType(log, 'turn-committed').at(-1)?.data.source).toBe('typed');
    expect(weather.calls()).toEqual(['palermo']);
    await page.getByRole('button', { name: 'Hang up' }).click();
    await eventually(id, (events) => events.some(isEnd));
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
    weather.close();
  }
});
