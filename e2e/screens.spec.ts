import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { api, eventually, isEnd, luigi, ofType, place, servers } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, landed, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { state } from '#src/e2e/harness/state.ts';
import { assistantPage } from '#src/e2e/pages/assistant-page.ts';
import { auditPage } from '#src/e2e/pages/audit-page.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';

const sizes = { desk: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

let browser: Browser;
test.beforeAll(async () => {
  browser = await browserWithMicrophone();
});
test.afterAll(() => browser.close());

/** A page of someone who is signed in. */
async function signedIn(o: { size?: keyof typeof sizes; theme?: 'light' | 'dark' } = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: sizes[o.size ?? 'desk'],
    colorScheme: o.theme ?? 'light',
    permissions: ['microphone', 'clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  await signIn(context, page);
  return page;
}

test('each page holds WCAG 2.2 AA in both themes, on a desk and on a phone, without a console error [C1]', async () => {
  test.setTimeout(240_000);
  const { id: callId } = await place({ assistantId: (await luigi()).id, say: ['what is on the menu'] });
  await eventually(callId, (events) => events.some(isEnd));
  const server = (await servers())[0];
  const paths = [
    '/',
    '/assistants',
    `/assistants/${(await luigi()).id}`,
    '/servers',
    `/servers/${server?.id}`,
    '/servers/new',
    '/calls',
    '/calls?q=menu&since=day&tool=get_menu',
    '/calls?label=nobody',
    `/calls/${callId}`,
    '/settings',
    '/calls/call_that_never_was',
  ];
  for (const [size, theme] of [
    ['desk', 'light'],
    ['desk', 'dark'],
    ['phone', 'dark'],
  ] as const) {
    const page = await signedIn({ size, theme });
    const { errors } = watchConsole(page, [/404/]);
    for (const path of paths) {
      await page.goto(state().url + path);
      await expect(page.getByRole('heading').first()).toBeVisible();
      await auditPage(page, `${path}, ${size}, ${theme}`);
    }
    expect(errors).toEqual([]);
    await page.context().close();
  }
  const context = await browser.newContext({ viewport: sizes.phone });
  const page = await context.newPage();
  await page.goto(`${state().url}/assistants`);
  await expect(page).toHaveURL(/\/sign-in\?then=%2Fassistants/);
  await auditPage(page, 'sign-in');
  await context.close();
});

test('a draft saves itself, each change can be undone alone, and what is published stays [C1]', async () => {
  const page = await signedIn();
  const { errors } = watchConsole(page);
  const assistant = assistantPage(page);
  await assistant.create('Drafty');
  await assistant.instructions().fill('You are Drafty.\nBe short.');
  await assistant.saved();
  await assistant.publish(1);
  await assistant.instructions().fill('You are Drafty.\nBe kind.\nBe short.');
  await assistant.greeting().fill('Good evening.');
  await expect(assistant.changes()).toHaveCount(2);
  await page.getByRole('button', { name: 'Undo: Instructions, line 2' }).click();
  await expect(assistant.instructions()).toHaveValue('You are Drafty.\nBe short.');
  await expect(assistant.changes()).toHaveCount(1);
  await assistant.saved();
  await page.reload();
  await expect(assistant.greeting()).toHaveValue('Good evening.');
  expect(errors).toEqual([]);
  await page.context().close();
});

test('two people save the same draft: nobody loses a word', async () => {
  const mine = await signedIn();
  const theirs = await signedIn();
  await assistantPage(mine).create('Shared');
  await assistantPage(theirs).open('Shared');
  await assistantPage(theirs).greeting().fill('Theirs');
  await assistantPage(theirs).saved();
  await expect(theirs.getByText('Not saved')).toHaveCount(0);
  await assistantPage(mine).greeting().fill('Mine');
  await expect(mine.getByText('Someone else saved this assistant meanwhile.')).toBeVisible();
  await mine.getByRole('button', { name: 'Load theirs' }).click();
  await expect(assistantPage(mine).greeting()).toHaveValue('Theirs');
  await mine.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect(assistantPage(mine).greeting()).toHaveValue('Mine');
  await assistantPage(mine).saved();
  await mine.context().close();
  await theirs.context().close();
});

test('a deleted assistant and a deleted server come back by undo', async () => {
  const page = await signedIn();
  await assistantPage(page).create('Gone');
  await page.getByRole('link', { name: 'Assistants' }).first().click();
  await page.getByRole('button', { name: 'More about Gone' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByRole('link', { name: 'Gone', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: 'Gone', exact: true })).toBeVisible();

  await page.goto(`${state().url}/servers`);
  await page.getByRole('link', { name: 'Bookings' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('Luigi');
  await page.getByRole('button', { name: 'Delete server' }).click();
  await page.waitForURL(/\/servers$/);
  await expect(page.getByRole('link', { name: 'Bookings' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await page.waitForURL(/\/servers\/srv_/);
  await page.context().close();
});

test('a server is added from the assistant, and its key never comes back to the browser [K1] [K3]', async () => {
  const page = await signedIn();
  const answers: string[] = [];
  page.on('response', async (response) => {
    if (response.request().resourceType() !== 'script') answers.push(await response.text().catch(() => ''));
  });
  await assistantPage(page).open('Luigi');
  await page.getByRole('button', { name: 'Add MCP server' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Nowhere');
  await dialog.getByLabel('Server URL').fill('http://127.0.0.1:9/mcp');
  await dialog.getByLabel('Key', { exact: true }).fill('  secret-of-nowhere ');
  await expect(dialog.getByText('White space, quotes or “Bearer” around the key are left out.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save and test' }).click();
  await expect(dialog.getByText(/Connection refused/)).toBeVisible();
  await expect(dialog.getByText('Handshake stopped at step 3 of 7')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByText('Nowhere').first()).toBeVisible();
  await page.reload();
  expect(answers.join('\n')).not.toContain('secret-of-nowhere');
  const nowhere = (await servers()).find((server) => server.name === 'Nowhere');
  await api('DELETE', `/mcp-servers/${nowhere?.id}`);
  await page.context().close();
});

test('without a microphone the page says how to allow it, and typing still works [C7]', async () => {
  const deaf = await chromium.launch({
    ...(process.env.PATCHBAY_CHROMIUM ? { executablePath: process.env.PATCHBAY_CHROMIUM } : {}),
    args: [
      '--no-sandbox',
      '--deny-permission-prompts',
      '--autoplay-policy=no-user-gesture-required',
      '--allow-loopback-in-peer-connection',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
    ],
  });
  const context = await deaf.newContext({ viewport: sizes.desk });
  const page = await context.newPage();
  const { errors } = watchConsole(page);
  await signIn(context, page);
  await assistantPage(page).open('Luigi');
  const id = await assistantPage(page).call();
  await expect(page.getByRole('alert').getByText(/allow the microphone|plug one in/i)).toBeVisible();
  await eventually(id, (events) => ofType(events, 'agent-speech-started').length >= 1);
  await callPage(page).say('how many margherita pizzas are left');
  await expect(callPage(page).tool('check_inventory')).toBeVisible();
  await callPage(page).hangUp();
  await eventually(id, (events) => events.some(isEnd));
  expect(errors).toEqual([]);
  await deaf.close();
});

test('a call is walked through by keys, and a link leads back to the same moment [C9]', async () => {
  const page = await signedIn();
  const call = callPage(page);
  await assistantPage(page).open('Luigi');
  const id = await assistantPage(page).call();
  await eventually(id, (events) => ofType(events, 'agent-speech-started').length >= 1);
  for (const [words, tool] of [
    ['what is on the menu', 'get_menu'],
    ['how many margherita pizzas are left', 'check_inventory'],
  ] as const) {
    await call.say(words);
    await expect(call.tool(tool)).toBeVisible();
    await eventually(id, (events) => ofType(events, 'tool-succeeded').some((event) => event.data.tool === tool));
  }
  await call.hangUp();
  await eventually(id, (events) => events.some(isEnd));
  await page.goto(`${state().url}/calls/${id}`);
  await expect(call.evidence.getByRole('heading', { name: 'get_menu' })).toBeVisible();
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press(']');
  await expect(call.evidence.getByRole('heading', { name: 'check_inventory' })).toBeVisible();
  await page.keyboard.press('c');
  await expect(page.getByText('Link copied', { exact: true })).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.keyboard.press('[');
  await expect(call.evidence.getByRole('heading', { name: 'get_menu' })).toBeVisible();
  await page.goto(link);
  await expect(call.evidence.getByRole('heading', { name: 'check_inventory' })).toBeVisible();
  await expect(call.evidence).toContainText('"margherita"');
  await page.context().close();
});

test('an invited reviewer reads calls, and is offered nothing else [C1]', async () => {
  const owner = await signedIn();
  await owner.goto(`${state().url}/settings`);
  await owner.getByRole('button', { name: 'Invite someone' }).click();
  await owner.getByLabel('Role', { exact: true }).selectOption('reviewer');
  await owner.getByRole('button', { name: 'Make the link' }).click();
  const link = await owner.getByLabel('Invitation link').inputValue();
  const page = await browser.newPage({ viewport: sizes.desk });
  const { errors } = watchConsole(page);
  await page.goto(link);
  await page.getByLabel('Name').fill('Rita Reads');
  await page.getByLabel('E-mail').fill('rita@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('button', { name: 'Create account and join' }).click();
  await landed(page);
  await page.goto(`${state().url}/assistants/${(await luigi()).id}`);
  await expect(page.getByText('Your role may not place calls.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add MCP server' })).toHaveCount(0);
  await expect(assistantPage(page).instructions()).not.toBeEditable();
  await page.goto(`${state().url}/settings`);
  await expect(page.getByRole('button')).toHaveCount(1);
  await page.goto(`${state().url}/calls`);
  await expect(page.getByRole('heading', { name: 'Calls' })).toBeVisible();
  expect(errors).toEqual([]);
  await page.goto(link);
  await expect(page.getByText('This invitation is not valid any more.')).toBeVisible();
  await page.close();
  await owner.context().close();
});
