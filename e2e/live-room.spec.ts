import { type Browser, expect, type Page, test } from '@playwright/test';
import { openInstanceDatabase } from '#src/bench/instance-database.ts';
import { api, ended, events, eventually, luigi, ofType, place } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { joinSilently } from '#src/e2e/harness/silent-caller.ts';
import { state } from '#src/e2e/harness/state.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import { startCutOffProxy } from '#src/server/agent/testing/cut-off-proxy.ts';

let browsers: Browser[] = [];
test.beforeAll(async () => {
  browsers = await Promise.all([browserWithMicrophone(), browserWithMicrophone()]);
});
test.afterAll(() => Promise.all(browsers.map((browser) => browser.close())));

async function signedIn(
  browser: Browser | undefined,
  expected: RegExp[] = [],
): Promise<{ page: Page; errors: string[] }> {
  if (!browser) throw new Error('there is no browser');
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const { errors } = watchConsole(page, expected);
  await signIn(context, page);
  return { page, errors };
}

/** A call that is typed, with someone in its room, once the agent has begun to speak. */
async function typedCall(): Promise<{ id: string; leave: () => Promise<void> }> {
  const placed = await place({ assistantId: (await luigi()).id });
  const leave = await joinSilently(placed);
  await eventually(placed.id, (log) => ofType(log, 'agent-speech-started').length > 0, 60_000);
  return { id: placed.id, leave };
}

/** The rows that the page shows, in their order. */
const rows = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('[id^="item-"]')].map(({ id }) => id.slice('item-'.length)));

/** The rows that the log makes. */
const rowsOf = async (id: string): Promise<string[]> => callView(await events(id)).items.map((item) => item.id);

test('two browsers watch a call, one listens and whispers: both see all of it, nothing missing and nothing twice [B11] [C8]', async () => {
  test.setTimeout(150_000);
  const [one, two] = [await signedIn(browsers[0]), await signedIn(browsers[1])];
  const { id, leave } = await typedCall();
  for (const { page } of [one, two]) await page.goto(`${state().url}/calls/${id}`);
  await one.page.getByRole('button', { name: 'Listen', exact: true }).click();
  await expect(one.page.getByText(/You hear both sides/)).toBeVisible();
  // Whoever sounds in the room sounds in this browser.
  await expect
    .poll(() =>
      one.page.evaluate(() => [...document.querySelectorAll('audio')].filter((audio) => !audio.paused).length),
    )
    .toBe(1);
  await one.page.getByLabel('Whisper to the agent').fill('Offer a free dessert.');
  await one.page.keyboard.press('Enter');
  for (const { page } of [one, two]) {
    await expect(
      callPage(page).transcript.getByText('Ines Costa listens. The caller does not notice.').first(),
    ).toBeVisible();
    await expect(
      callPage(page)
        .transcript.getByText(/whispered to the agent: Offer a free dessert/)
        .first(),
    ).toBeVisible();
  }
  // The model gets the whisper with its next prompt.
  await api('POST', `/calls/${id}/text`, { text: 'how many margherita pizzas are left' });
  const log = await eventually(id, (found) => ofType(found, 'tool-exchanged').length > 0);
  const prompts = ofType(log, 'model-started').map(({ data }) => data.prompt?.instructions ?? '');
  expect(prompts.join()).toContain('Supervisor: Offer a free dessert.');
  await one.page.getByRole('button', { name: 'Stop listening' }).click();
  await eventually(id, (log) => ofType(log, 'supervisor-left').length === 1);

  await api('POST', `/calls/${id}/end`);
  await ended(id);
  await leave();
  const whole = await rowsOf(id);
  for (const { page, errors } of [one, two]) {
    await expect.poll(() => rows(page)).toEqual(whole);
    expect(errors).toEqual([]);
    await page.context().close();
  }
});

test('a watching page is without a network for 30 s, and a second tab comes late: nothing is missing, nothing twice [V11]', async () => {
  test.setTimeout(150_000);
  const { appendCallEvent, close } = await openInstanceDatabase();
  const { hostname, port } = new URL(state().url);
  const proxy = await startCutOffProxy({ host: hostname, port: Number(port) });
  try {
    const { page } = await signedIn(browsers[0], [/Failed to load resource|ERR_/]);
    const { id, leave } = await typedCall();
    await page.goto(`http://${hostname}:${proxy.port}/calls/${id}`);
    await expect(callPage(page).transcript).toBeVisible();
    const say = (n: number) =>
      appendCallEvent('team_demo', id, {
        id: `loss-${n}`,
        type: 'turn-committed',
        at: 60_000 + n * 1_000,
        data: { text: `line ${n}`, source: 'typed', confidence: null },
      });
    await say(1);
    await expect(callPage(page).transcript.getByText('line 1', { exact: true }).first()).toBeVisible();
    proxy.cut();
    await expect(page.getByText(/lost its connection/)).toBeVisible();
    const until = Date.now() + 30_000;
    for (let n = 2; Date.now() < until; n++) {
      await say(n);
      await page.waitForTimeout(1_000);
    }
    proxy.restore();
    await expect(page.getByText(/lost its connection/)).toBeHidden({ timeout: 20_000 });
    const second = await page.context().newPage();
    await second.goto(`${state().url}/calls/${id}`);
    await say(99);
    await api('POST', `/calls/${id}/end`);
    await ended(id);
    const whole = await rowsOf(id);
    expect(whole.length).toBeGreaterThan(20);
    await leave();
    for (const tab of [page, second]) await expect.poll(() => rows(tab), { timeout: 20_000 }).toEqual(whole);
    await page.context().close();
  } finally {
    proxy.stop();
    await close();
  }
});

test('an answer of 5 MB, of HTML, of control characters and of right-to-left marks is shown as the text that it is [B11] [V11]', async () => {
  test.setTimeout(120_000);
  const { appendCallEvent, close } = await openInstanceDatabase();
  try {
    const { page, errors } = await signedIn(browsers[0]);
    const { id, leave } = await typedCall();
    await page.goto(`${state().url}/calls/${id}`);
    const { evidence, tool } = callPage(page);
    const bad = {
      html: '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
      control: 'bell \u0007 escape \u001b[31m nul-like \u0000 end',
      turned: 'price \u202e00.1 EUR\u202c שלום',
      huge: `{"rows":["${'0123456789'.repeat(520_000)}"]}`,
    };
    let at = 60_000;
    for (const [name, text] of Object.entries(bad)) {
      const names = { serverId: 'srv_bad', serverName: `Bad ${bad.html}`, tool: `give_${name}` };
      const ids = { toolCallId: `bad-${name}` };
      at += 1_000;
      const started = { ...names, arguments: { text: text.slice(0, 200) }, effect: 'read' as const };
      await appendCallEvent('team_demo', id, { id: `s-${name}`, type: 'tool-started', at, ...ids, data: started });
      const answer = { ...names, ms: 5, answer: text.slice(0, 4_000), content: [{ type: 'text', text }] };
      await appendCallEvent('team_demo', id, {
        id: `e-${name}`,
        type: 'tool-succeeded',
        at: at + 5,
        ...ids,
        data: answer,
      });
    }
    await expect(tool('give_huge')).toBeVisible({ timeout: 30_000 });
    await tool('give_html').click();
    await expect(evidence.getByText('onerror=', { exact: false }).first()).toBeVisible();
    await tool('give_control').click();
    await expect(evidence.getByText(/⟨U\+001B⟩|\\u001b/).first()).toBeVisible();
    await tool('give_turned').click();
    await expect(evidence.getByText(/⟨U\+202E⟩/).first()).toBeVisible();
    const from = Date.now();
    await tool('give_huge').click();
    await evidence
      .getByRole('button', { name: /^Show / })
      .first()
      .click();
    await expect(evidence.getByText(/can be copied/).first()).toBeVisible();
    await evidence.getByRole('tab', { name: /Log/ }).click();
    await expect(evidence.getByText(/tool-succeeded/).first()).toBeVisible();
    expect(Date.now() - from).toBeLessThan(8_000);
    expect(await page.evaluate(() => Reflect.get(window, 'hacked'))).toBeUndefined();
    expect(await page.evaluate(() => document.querySelectorAll('img[src="x"]').length)).toBe(0);
    await api('POST', `/calls/${id}/end`);
    await ended(id);
    await leave();
    await page.reload();
    await expect(tool('give_huge')).toBeVisible({ timeout: 30_000 });
    expect(errors).toEqual([]);
    await page.context().close();
  } finally {
    await close();
  }
});
