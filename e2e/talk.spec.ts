import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { recordAgent } from '#src/e2e/harness/agent-audio.ts';
import { api, call, ended, eventually, luigi, ofType } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, keepMicrophoneAsItIs, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { startTestSpeech, type TestSpeech, writeMicrophone } from '#src/e2e/harness/speech.ts';
import { state } from '#src/e2e/harness/state.ts';
import { assistantPage } from '#src/e2e/pages/assistant-page.ts';
import { auditPage } from '#src/e2e/pages/audit-page.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';
import { madeLinkSchema, type TalkOptions } from '#src/lib/links/link.ts';

let speech: TestSpeech;
let silent: Browser;
test.beforeAll(async () => {
  [speech, silent] = await Promise.all([startTestSpeech(), browserWithMicrophone()]);
});
test.afterAll(async () => {
  speech.stop();
  await silent.close();
});

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const folder = mkdtempSync(path.join(tmpdir(), 'patchbay-talk-'));

async function signedIn(): Promise<{ page: Page; errors: string[] }> {
  const context = await silent.newContext({ viewport: desk });
  const page = await context.newPage();
  const { errors } = watchConsole(page);
  await signIn(context, page);
  return { page, errors };
}

/** Pictures to look at, when someone asks for them. */
async function shot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/talk-${name}.png` });
}

/** The newest call of a guest. */
async function guestCall(): Promise<string> {
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string() })) })
    .parse(await api('GET', '/calls?callerKind=guest&limit=1'));
  return items[0]?.id ?? '';
}

async function newLink(options: Partial<TalkOptions>) {
  return madeLinkSchema.parse(await api('POST', `/assistants/${(await luigi()).id}/links`, { name: 'Anna', options }));
}

test('whoever has a tester link calls Luigi from a phone, asks, and hears the answer; the console finds the call and keeps its guest out [C9] [B11] [V6]', async () => {
  test.setTimeout(240_000);
  const owner = await signedIn();
  await owner.page.goto(`${state().url}/assistants/${(await luigi()).id}`);
  await owner.page.getByRole('button', { name: 'Tester link' }).click();
  const dialog = owner.page.getByRole('dialog', { name: 'Tester link' });
  await dialog.getByLabel('Whom it is for').fill('Anna');
  await auditPage(owner.page, 'the dialog of tester links');
  await shot(owner.page, 'dialog');
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const url = await dialog.getByLabel('Tester link').inputValue();
  expect(url).toMatch(/\/talk\/[\w-]{32}$/);
  await expect(dialog.getByRole('listitem').filter({ hasText: 'Anna' }).first()).toContainText('0 of 20 calls used');
  await shot(owner.page, 'dialog-made');
  await owner.page.keyboard.press('Escape');
  expect(await owner.page.content()).not.toContain(new URL(url).pathname);

  const [hello, first, second, third] = await Promise.all([
    speech.speak('hello hello', 'rms'),
    ...['slt', 'rms', 'awb'].map((voice) => speech.speak('how many margherita pizzas are left', voice)),
  ]);
  const browser = await browserWithMicrophone(
    // The first words are for the check. A caller who was not understood says it again.
    writeMicrophone(path.join(folder, 'guest.wav'), [
      1_500,
      hello ?? 0,
      16_000,
      first ?? 0,
      14_000,
      second ?? 0,
      14_000,
      third ?? 0,
      60_000,
    ]),
  );
  try {
    const context = await browser.newContext({ permissions: ['microphone'], viewport: phone });
    const page = await context.newPage();
    const { errors } = watchConsole(page);
    await keepMicrophoneAsItIs(page);
    const audio = await recordAgent(page);
    const opened = await page.goto(url);
    expect(opened?.status()).toBe(200);
    expect(opened?.headers()).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': expect.stringContaining('noindex'),
      'cache-control': expect.stringContaining('no-store'),
      'permissions-policy': expect.stringContaining('microphone=(self)'),
    });
    await expect(page.getByRole('heading', { level: 1, name: 'Talk to Luigi' })).toBeVisible();
    await expect(page.getByText('The call is recorded.')).toBeVisible();
    await auditPage(page, 'before the call, phone');
    await shot(page, 'start-phone');
    await page.getByRole('button', { name: 'Check the microphone' }).click();
    const check = page.getByRole('region', { name: 'Microphone' });
    await expect(check.getByRole('listitem').filter({ hasText: 'Sound comes in' }).getByLabel('ok')).toBeVisible();
    await auditPage(page, 'the microphone, phone');
    await shot(page, 'check-phone');
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await expect(page.getByText('In the call')).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('speaking', { exact: true })).toBeVisible({ timeout: 20_000 });
    await shot(page, 'call-phone');
    await auditPage(page, 'in the call, phone');
    const id = await guestCall();
    expect(await call(id)).toMatchObject({ status: 'live', version: 1, caller: { kind: 'guest', name: 'Guest' } });

    const log = await eventually(
      id,
      (found) =>
        ofType(found, 'agent-speech-ended').some(({ data }) =>
          /\b(7|seven)\b.*margherita|margherita.*\b(7|seven)\b/i.test(data.text),
        ),
      90_000,
    );
    expect(ofType(log, 'turn-committed').at(-1)?.data).toMatchObject({ source: 'spoken' });
    expect(ofType(log, 'tool-succeeded').map(({ data }) => data.tool)).toContain('check_inventory');
    // It came out of the loudspeaker, and can be read along. Nothing of the tool is on the page.
    await expect.poll(async () => (await audio.loud()).length, { timeout: 20_000 }).toBeGreaterThanOrEqual(2);
    await expect(page.getByText(/margherita/i).first()).toBeVisible();
    expect(await page.content()).not.toMatch(/check_inventory|tool-succeeded/);

    await page.getByRole('button', { name: 'Hang up' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Call again' })).toBeVisible();
    await auditPage(page, 'after the call, phone');
    await shot(page, 'end-phone');
    expect((await ended(id)).at(-1)).toMatchObject({ type: 'call-ended', data: { reason: 'caller-hung-up' } });

    // Nothing of the console is reachable from here.
    expect(await page.evaluate(async (at) => (await fetch(at)).status, `/api/v1/calls/${id}/events`)).toBe(401);
    for (const at of ['/', '/calls', `/calls/${id}`, '/assistants']) {
      await page.goto(state().url + at);
      await expect(page).toHaveURL(/\/sign-in/);
    }
    expect(errors.filter((text) => !text.includes('401'))).toEqual([]);
  } finally {
    await browser.close();
  }

  const id = await guestCall();
  await owner.page.goto(`${state().url}/calls/${id}`);
  await expect(owner.page.getByText('Guest, tester link')).toBeVisible();
  await owner.page.goto(`${state().url}/calls?callerKind=guest`);
  const row = owner.page.getByRole('row').filter({ has: owner.page.locator(`a[href="/calls/${id}"]`) });
  await expect(row).toContainText('Guest');
  await expect(row).toContainText('tester link');
  expect(owner.errors).toEqual([]);
  await owner.page.context().close();
});

test('a guest without a voice types, comes back after a reload, and ends the call of a link that was taken back meanwhile', async () => {
  test.setTimeout(150_000);
  const link = await newLink({ atOnce: 1 });
  const context = await silent.newContext({ viewport: desk, colorScheme: 'dark' });
  const page = await context.newPage();
  const { errors } = watchConsole(page);
  await page.goto(link.url);
  await expect(page.getByText('For Anna')).toBeVisible();
  await auditPage(page, 'before the call, dark');
  await shot(page, 'start-dark');
  await page.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(page.getByText('In the call')).toBeVisible({ timeout: 30_000 });
  const id = await guestCall();
  await eventually(id, (log) => ofType(log, 'agent-speech-ended').length >= 1);

  // The line is taken: another one waits.
  const other = await (await silent.newContext({ viewport: phone, colorScheme: 'dark' })).newPage();
  await other.goto(link.url);
  await other.getByRole('button', { name: 'Call', exact: true }).click();
  await expect(other.getByText('The line is busy, try again in a minute.')).toBeVisible();
  await expect(other.getByRole('button', { name: 'Try again' })).toBeVisible();
  await auditPage(other, 'a busy line, phone, dark');
  await shot(other, 'busy-phone-dark');

  await page.reload();
  await expect(page.getByText('In the call')).toBeVisible({ timeout: 20_000 });
  await api('DELETE', `/links/${link.id}`);
  await callPage(page).say('how many margherita pizzas are left');
  const log = await eventually(id, (found) => ofType(found, 'tool-succeeded').length >= 1);
  expect(ofType(log, 'turn-committed').at(-1)?.data.source).toBe('typed');
  await expect(page.getByText('You: how many margherita pizzas are left')).toBeVisible();
  await eventually(id, (found) => ofType(found, 'agent-speech-ended').length >= 2);
  await auditPage(page, 'in the call, dark');
  await shot(page, 'call-dark');
  await callPage(page).hangUp();
  await expect(page.getByRole('heading', { level: 1, name: 'Thank you' })).toBeVisible();
  await expect(page.getByText('This link was taken back.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Call again' })).toBeHidden();
  expect((await ended(id)).at(-1)).toMatchObject({ type: 'call-ended', data: { reason: 'caller-hung-up' } });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'This link was taken back.' })).toBeVisible();
  await auditPage(page, 'a link that was taken back');
  await shot(page, 'taken-back-dark');
  expect(await guestCall()).toBe(id);
  expect(errors).toEqual([]);
  await Promise.all([context.close(), other.context().close()]);
});

test('a link that nobody made is not found, and an assistant that was never published gets none', async () => {
  const { page, errors } = await signedIn();
  const assistant = assistantPage(page);
  await assistant.create('Never out');
  await page.getByRole('button', { name: 'Tester link' }).click();
  await expect(page.getByRole('dialog')).toContainText('was never published');
  await expect(page.getByRole('button', { name: 'Make the link' })).toBeHidden();
  await shot(page, 'dialog-unpublished');
  expect(errors).toEqual([]);
  await page.context().close();

  const guest = await (await silent.newContext({ viewport: phone })).newPage();
  const opened = await guest.goto(`${state().url}/talk/nobody-made-this`);
  expect(opened?.status()).toBe(404);
  await expect(guest.getByRole('heading', { level: 1, name: 'This link does not work.' })).toBeVisible();
  await auditPage(guest, 'an unknown link');
  await shot(guest, 'unknown-phone');
  await guest.context().close();
});
