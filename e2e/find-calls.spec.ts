import { readFileSync } from 'node:fs';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { luigi } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { seedFifty } from '#src/e2e/harness/seed-fifty.ts';
import { state } from '#src/e2e/harness/state.ts';
import { auditPage } from '#src/e2e/pages/audit-page.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';

let browser: Browser;
let broken = '';
test.beforeAll(async () => {
  test.setTimeout(120_000);
  browser = await browserWithMicrophone();
  broken = await seedFifty((await luigi()).id);
});
test.afterAll(() => browser.close());

const search = (page: Page) => page.getByRole('searchbox', { name: 'Search what was said and done' });
const rows = (page: Page) => page.locator('a[data-row]');

async function signedIn(theme: 'light' | 'dark' = 'light', width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: theme });
  const page = await context.newPage();
  await signIn(context, page);
  return page;
}

test('from home to the one broken call among fifty, and to the moment in it [C9] [B10]', async () => {
  test.setTimeout(90_000);
  const page = await signedIn();
  const { errors } = watchConsole(page);
  await page.getByRole('link', { name: 'Patchbay home' }).click();
  const today = page.getByRole('region', { name: 'The last 24 hours' });
  await expect(today).toContainText('calls in the last 24 hours');
  await today.getByRole('link', { name: /flagged$/ }).click();
  await page.waitForURL(/\/calls\?since=day&flag=any$/);
  await page.getByRole('link', { name: 'Guest 31', exact: true }).click();
  await page.waitForURL(`**/calls/${broken}`);
  await expect(page.getByText('Completed but broken', { exact: true })).toBeVisible();
  const wrong = page.getByRole('region', { name: 'What went wrong' });
  await wrong.getByRole('button', { name: /write in doubt/ }).click();
  await expect(callPage(page).evidence.getByRole('heading', { name: 'place_order' })).toBeVisible();

  await page.goto(`${state().url}/calls`);
  await page.getByRole('heading', { name: 'Calls' }).click();
  await page.keyboard.press('/');
  await expect(search(page)).toBeFocused();
  await page.keyboard.type('eight stagi');
  await page.waitForURL(/q=eight\+stagi/);
  await expect(rows(page)).toHaveCount(1);
  await expect(page.locator('mark').first()).toBeVisible();
  await page.getByRole('link', { name: /stagioni to pick up at/ }).click();
  await page.waitForURL(new RegExp(`/calls/${broken}\\?t=[\\d.]+&item=turn-\\d+`));
  await expect(callPage(page).evidence).toContainText('Said by the caller');
  await expect(callPage(page).transcript).toContainText('two quattro stagioni to pick up at eight please');
  expect(errors).toEqual([]);
  await page.context().close();
});

test('filters stand in the address, come off one by one, and are kept as a view for the team [C9]', async () => {
  test.setTimeout(90_000);
  const page = await signedIn();
  const { errors } = watchConsole(page);
  await page.goto(`${state().url}/calls`);
  await page.getByRole('button', { name: 'Filter' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter calls' });
  await dialog.getByLabel('Tool failed').fill('place_order');
  await dialog.getByLabel('Longest reply over, s').fill('2.5');
  await dialog.getByRole('button', { name: 'Show calls' }).click();
  await page.waitForURL(/failedTool=place_order&replyOverMs=2500/);
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toHaveText('Guest 31');

  await page.getByRole('button', { name: 'Save view' }).click();
  await page.getByLabel('Name').fill('Lost orders');
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click();
  const view = page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Lost orders' });
  await expect(view).toHaveAttribute('aria-current', 'page');
  await page.getByRole('button', { name: 'More about the view Lost orders' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(view).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(view).toBeVisible();

  await page.getByRole('link', { name: 'Leave out: Reply over 2.50 s' }).click();
  await page.waitForURL(/calls\?failedTool=place_order$/);
  await page.goto(`${state().url}/calls?label=never-written`);
  await expect(page.getByText('Leave out Label never-written to see more.')).toBeVisible();
  await page.getByRole('link', { name: 'Show all calls' }).click();
  await page.waitForURL(/\/calls$/);
  await expect(rows(page).nth(2)).toBeVisible();
  await page.getByRole('heading', { name: 'Calls' }).click();
  for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
  await expect(rows(page).first()).toBeFocused();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/calls\/call_/);
  expect(errors).toEqual([]);
  await page.context().close();
});

test('the list is taken along as CSV, and both pages hold WCAG 2.2 AA in both themes and on a phone [C9]', async () => {
  test.setTimeout(120_000);
  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 390],
  ] as const) {
    const page = await signedIn(theme, width);
    const { errors } = watchConsole(page);
    for (const path of ['/', '/calls', '/calls?q=stagioni&failedTool=any']) {
      await page.goto(state().url + path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      if (path === '/') await expect(page.locator('.uplot canvas')).toBeAttached();
      await auditPage(page, `${path}, ${theme}, ${width}`);
      await page.screenshot({ path: test.info().outputPath(`${path.replace(/\W+/g, '-')}-${theme}.png`) });
    }
    if (theme === 'light') {
      const saved = page.waitForEvent('download');
      await page.getByRole('link', { name: 'CSV' }).click();
      const text = readFileSync(await (await saved).path(), 'utf8');
      expect(text.trim().split('\r\n')).toHaveLength(2);
      expect(text).toContain('Guest 31');
    }
    expect(errors).toEqual([]);
    await page.context().close();
  }
});
