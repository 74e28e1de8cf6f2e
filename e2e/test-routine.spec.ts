import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { api, eventually, isEnd, luigi, ofType, servers } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, keepMicrophoneAsItIs, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { startTestSpeech, type TestSpeech, writeMicrophone } from '#src/e2e/harness/speech.ts';
import { state } from '#src/e2e/harness/state.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';

let speech: TestSpeech;
test.beforeAll(async () => {
  speech = await startTestSpeech();
});
test.afterAll(() => speech.stop());

const question = 'how many margherita pizzas are left';

test('the test routine: a test call, a spoken question that needs the server, request, execution and response in log and evidence, the transcript reviewed [K9] [C8] [C9] [V11] [K13] [B11]', async () => {
  test.setTimeout(180_000);
  const [first, second, third] = await Promise.all(['slt', 'rms', 'awb'].map((voice) => speech.speak(question, voice)));
  const wav = path.join(mkdtempSync(path.join(tmpdir(), 'patchbay-routine-')), 'question.wav');
  // A caller who was not understood says it again.
  const browser = await browserWithMicrophone(
    writeMicrophone(wav, [10_000, first ?? 0, 14_000, second ?? 0, 14_000, third ?? 0, 60_000]),
  );
  try {
    const context = await browser.newContext({
      permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
      viewport: { width: 1440, height: 900 },
    });
    const page = await context.newPage();
    const { errors } = watchConsole(page);
    await keepMicrophoneAsItIs(page);
    await signIn(context, page);
    const { transcript, evidence, tool, hangUp } = callPage(page);

    await expect.poll(async () => (await fetch(`${state().url}/api/v1/health`)).status, { timeout: 60_000 }).toBe(200);
    await api('POST', '/demo/reset');
    await page.goto(`${state().url}/assistants/${(await luigi()).id}`);
    // 1. A test call, and 2. a question that needs the server.
    await page.getByRole('button', { name: 'Test call' }).click();
    await page.waitForURL(/\/calls\/call_/);
    const id = /calls\/(call_\w+)/.exec(page.url())?.[1] ?? '';
    await expect(tool('check_inventory')).toBeVisible({ timeout: 60_000 });

    // 3. Request, execution and response in the log, in order, with what went over the wire.
    const log = await eventually(
      id,
      (events) => ofType(events, 'tool-exchanged').length > 0 && ofType(events, 'agent-speech-ended').length >= 2,
    );
    const [started] = ofType(log, 'tool-started');
    const own = log.filter((event) => event.toolCallId === started?.toolCallId).map(({ type }) => type);
    // On a busy machine the server may still be on its way.
    expect(own.filter((type) => type !== 'tool-waiting')).toEqual(['tool-started', 'tool-succeeded', 'tool-exchanged']);
    const [answered] = ofType(log, 'tool-succeeded');
    expect(answered?.data.structuredContent).toMatchObject({ left: 7 });
    const { times, ms } = answered?.data ?? {};
    const steps = [0, times?.limitsMs, times?.tryMs, times?.sessionMs, times?.firstByteMs, ms].map(Number);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    const [exchange] = ofType(log, 'tool-exchanged')[0]?.data.exchanges ?? [];
    expect(exchange?.request.body).toContain('"tools/call"');
    expect(exchange?.response?.body).toContain('"left"');
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, i) => i + 1));
    await hangUp();
    await eventually(id, (events) => events.some(isEnd));

    // 4. The same in the evidence pane.
    await page.reload();
    await tool('check_inventory').click();
    await expect(evidence.getByText('server works')).toBeVisible();
    await expect(evidence.getByText(/Allowed, its arguments fit/)).toBeVisible();
    await expect(evidence.getByText('"margherita"').first()).toBeVisible();
    await expect(evidence.getByText('"left"').first()).toBeVisible();
    await evidence.getByRole('tab', { name: /Messages/ }).click();
    await expect(evidence.getByText('"tools/call"').first()).toBeVisible();
    await expect(evidence.getByText(/HTTP 200/).first()).toBeVisible();
    await evidence.getByRole('button', { name: 'Copy as curl' }).first().click();
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toMatch(/^curl -X POST/);
    expect(curl).toContain('check_inventory');

    // The answer: where its time went, and the prompt as it was sent.
    await transcript
      .getByRole('button', { name: /margherita/i })
      .last()
      .click();
    await expect(evidence.getByText("From the caller's last sound")).toBeVisible();
    await evidence
      .getByRole('button', { name: /Prompt as sent/ })
      .last()
      .click();
    await expect(evidence.getByText('Tools on offer')).toBeVisible();
    await expect(evidence.getByText(/check_inventory/).first()).toBeVisible();

    // 5. The transcript is reviewed.
    await expect(transcript.getByText(question).first()).toBeVisible();
    await expect(transcript.getByText(/seven|7/).first()).toBeVisible();

    // And the same call again by hand, its arguments filled in.
    await tool('check_inventory').click();
    await evidence.getByRole('tab', { name: 'Evidence' }).click();
    await evidence.getByRole('link', { name: 'Try again in the inspector' }).click();
    await page.waitForURL(/\/servers\/srv_\w+\?tool=check_inventory/);
    expect(page.url()).not.toContain('margherita');
    const [pos] = (await servers()).filter(({ name }) => name.startsWith('POS'));
    expect(page.url()).toContain(pos?.id);
    await page.getByRole('button', { name: 'As JSON' }).click();
    await expect(page.getByLabel('Arguments as JSON')).toHaveValue(/margherita/);
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(
      page.getByRole('complementary', { name: 'The chosen tool' }).getByText('"left"').first(),
    ).toBeVisible();
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});
