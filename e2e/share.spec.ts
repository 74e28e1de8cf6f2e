import { type Browser, type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { api, ended, luigi, ofType, place, call as readCall } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, owner, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';
import { auditPage } from '#src/e2e/pages/audit-page.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';
import { madeLinkSchema } from '#src/lib/links/link.ts';

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };
const shots = process.env.SHOTS;

let browser: Browser;
let callId: string;
test.beforeAll(async () => {
  test.setTimeout(300_000);
  browser = await browserWithMicrophone();
  callId = (await place({ assistantId: (await luigi()).id, say: ['how many margherita pizzas are left'] })).id;
  expect(ofType(await ended(callId), 'tool-succeeded')).toHaveLength(1);
  await expect
    .poll(async () => JSON.stringify(await api('GET', `/calls/${callId}/recording/waveform`)), { timeout: 20_000 })
    .toContain('"state":"ready"');
});
test.afterAll(() => browser.close());

/** A page of someone without an account: no cookie, and all that the server sent to it. */
async function stranger(o: BrowserContextOptions = {}, expected: RegExp[] = []) {
  const context = await browser.newContext({ viewport: desk, ...o });
  const page = await context.newPage();
  const { errors } = watchConsole(page, expected);
  const sent: string[] = [];
  page.on('response', async (response) => {
    if (!/script|stylesheet|font|media/.test(response.request().resourceType()))
      sent.push(await response.text().catch(() => ''));
  });
  return { page, errors, sent, close: () => context.close() };
}

const shoot = async (page: Page, name: string) => {
  if (shots) await page.screenshot({ path: `${shots}/share-${name}.png` });
};

test('a call is read by its link without an account: transcript and sound, no payload and nobody of the team [C9]', async () => {
  test.setTimeout(180_000);
  const context = await browser.newContext({ viewport: desk, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  const { errors } = watchConsole(page);
  await signIn(context, page);
  await page.goto(`${state().url}/calls/${callId}`);
  await page.getByRole('button', { name: 'Share' }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this call' });
  await dialog.getByLabel(/Whom is it for/).fill('Support of the bank');
  await expect(dialog.getByLabel('Works for')).toHaveValue('168');
  await expect(dialog.getByLabel('With the recording')).toBeChecked();
  await expect(dialog.getByLabel(/asked and answered/)).not.toBeChecked();
  await auditPage(page, 'the share dialog');
  await shoot(page, 'dialog');
  await page.setViewportSize(phone);
  await auditPage(page, 'the share dialog on a phone');
  await shoot(page, 'dialog-phone');
  await page.setViewportSize(desk);
  await dialog.getByRole('button', { name: 'Make the link' }).click();
  const url = await dialog.getByLabel('Share link', { exact: true }).inputValue();
  expect(url).toMatch(/\/share\/[\w-]{32}$/);
  const row = page.getByRole('dialog').getByRole('listitem').filter({ hasText: 'Support of the bank' });
  await expect(row).toContainText('never opened');
  await shoot(page, 'dialog-made');
  await page.keyboard.press('Escape');
  await page.setViewportSize(phone);
  await auditPage(page, 'the call on a phone, with Share in its head');
  await shoot(page, 'console-phone');
  await page.setViewportSize(desk);

  const reader = await stranger();
  const answer = await reader.page.goto(url);
  expect(answer?.status()).toBe(200);
  expect(answer?.headers()).toMatchObject({
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'cache-control': expect.stringContaining('no-store'),
  });
  await expect(reader.page.locator('meta[name=robots]')).toHaveAttribute('content', /noindex/);
  await expect(reader.page.getByRole('heading', { level: 1 })).toHaveText('Call with Luigi');
  const shared = callPage(reader.page);
  await expect(shared.transcript).toContainText('how many margherita pizzas are left');
  await expect(shared.tool('check_inventory')).toBeVisible();
  await expect(shared.evidence).toContainText('is not part of this link');
  await expect(shared.timeline.locator('[data-waveform=ready] canvas')).toBeVisible();
  await auditPage(reader.page, 'a shared call');
  await shoot(reader.page, 'light');

  // It plays, and leads to a moment.
  await reader.page.getByRole('heading', { level: 1 }).click();
  await reader.page.keyboard.press('Space');
  const playhead = shared.timeline.locator('[data-playhead]');
  await expect.poll(async () => Number(await playhead.getAttribute('data-playhead'))).toBeGreaterThan(500);
  await reader.page.keyboard.press('Space');
  const log = await ended(callId);
  const greeting = ofType(log, 'agent-speech-started')[0]?.data.speechId ?? '';
  await reader.page.goto(`${url}?t=1.5&item=${greeting}`);
  await expect(playhead).toHaveAttribute('data-playhead', '1500');
  await expect(shared.evidence.getByRole('heading', { name: 'Said by the agent' })).toBeVisible();
  const part = await fetch(`${url}/recording`, { headers: { range: 'bytes=0-43' } });
  expect([part.status, part.headers.get('cache-control'), part.headers.get('x-robots-tag')]).toEqual([
    206,
    'private, no-store, no-transform',
    'noindex, nofollow',
  ]);

  const inventory = ofType(log, 'tool-succeeded')[0]?.data;
  const told = reader.sent.join('\n');
  expect(told).toContain('check_inventory');
  const { caller } = await readCall(callId);
  for (const inside of [owner.name, owner.email, caller.name, callId, inventory?.serverId ?? '', 'structuredContent'])
    expect(told).not.toContain(inside);
  expect(reader.errors).toEqual([]);
  await reader.close();

  const small = await stranger({ viewport: phone, colorScheme: 'dark' });
  await small.page.goto(url);
  await expect(callPage(small.page).transcript).toContainText('margherita');
  await auditPage(small.page, 'a shared call on a phone, dark');
  await shoot(small.page, 'phone-dark');
  await callPage(small.page).tool('check_inventory').click();
  await shoot(small.page, 'phone-dark-tool');
  expect(small.errors).toEqual([]);
  await small.close();

  // The team sees who looked, takes the link back, and it is over at once.
  await page.reload();
  await expect(page.getByText(/^Seen by .*Support of the bank/)).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  await expect(row).toContainText('opened 1 time');
  await row.getByRole('button', { name: 'Take back Support of the bank' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Take back' }).click();
  await expect(row).toContainText('taken back');
  expect((await fetch(`${url}/recording`)).status).toBe(410);
  const late = await stranger({}, [/410/]);
  const over = await late.page.goto(url);
  expect([over?.status(), over?.headers()['x-robots-tag'], over?.headers()['referrer-policy']]).toEqual([
    410,
    'noindex, nofollow',
    'no-referrer',
  ]);
  await expect(late.page.getByRole('heading')).toHaveText('This link was taken back.');
  await auditPage(late.page, 'a link that was taken back');
  await shoot(late.page, 'over');
  expect(late.errors).toEqual([]);
  await late.close();
  expect(errors).toEqual([]);
  await context.close();
});

test('what tools were given and answered goes along when it was asked for; a recording only then [C9] [B12]', async () => {
  const made = await api('POST', `/calls/${callId}/links`, { hours: 1, options: { recording: false, payloads: true } });
  const { url, id } = madeLinkSchema.parse(made);
  const reader = await stranger({ colorScheme: 'dark' });
  await reader.page.goto(url);
  const shared = callPage(reader.page);
  await shared.tool('check_inventory').click();
  await expect(shared.evidence).toContainText('"left": 7');
  await expect(shared.timeline.locator('[data-waveform]')).toHaveCount(0);
  await expect(reader.page.getByRole('button', { name: 'Play (space)' })).toHaveCount(0);
  await auditPage(reader.page, 'a shared call with payloads, dark');
  await shoot(reader.page, 'dark-payloads');
  expect(reader.sent.join('\n')).not.toContain('jsonrpc');
  for (const below of ['recording', 'recording/waveform']) expect((await fetch(`${url}/${below}`)).status).toBe(404);
  expect(reader.errors).toEqual([]);
  await reader.close();
  await api('DELETE', `/links/${id}`);
  expect(
    z
      .object({ items: z.array(z.object({ revokedAt: z.string().nullable() })) })
      .parse(await api('GET', `/calls/${callId}/links`)).items[0]?.revokedAt,
  ).not.toBeNull();
});

test('a secret that opens nothing is not found, and says what to do', async () => {
  const reader = await stranger({}, [/404/]);
  expect((await reader.page.goto(`${state().url}/share/nothing`))?.status()).toBe(404);
  await expect(reader.page.getByRole('heading')).toHaveText('This link does not work.');
  await expect(reader.page.getByText('Check that it was copied whole')).toBeVisible();
  expect((await fetch(`${state().url}/share/nothing/recording`)).status).toBe(404);
  expect(reader.errors).toEqual([]);
  await reader.close();
});
