import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import { call, ended, events, eventually, isEnd, luigi, ofType, place } from '#src/e2e/harness/api.ts';
import { browserWithMicrophone, signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { kill, processes, state } from '#src/e2e/harness/state.ts';
import { weatherAssistant } from '#src/e2e/harness/weather-assistant.ts';
import { startWeatherServer, type WeatherServer } from '#src/e2e/harness/weather-server.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';

let weather: WeatherServer;
let assistantId = '';
test.beforeAll(async () => {
  weather = await startWeatherServer();
  assistantId = await weatherAssistant(weather, { timeoutMs: 3_000 });
});
test.afterAll(() => weather.close());
test.beforeEach(() => weather.hold(false));

/** Faults leave parts starting again: a test begins when all of them answer. */
test.beforeEach(async () => {
  await expect
    .poll(async () => (await fetch(`${state().url}/api/v1/health`).catch(() => null))?.status, { timeout: 60_000 })
    .toBe(200);
});

const ask = (town: string) => `what is the weather in ${town}`;

test('a tool that never answers: the caller hears a sentence, the log shows the timeout [V8] [V12] [X10]', async () => {
  weather.hold(true);
  const { id } = await place({ assistantId, say: [ask('palermo')] });
  const log = await ended(id);
  expect(ofType(log, 'tool-failed')[0]?.data).toMatchObject({ code: 'timed-out' });
  const said = ofType(log, 'agent-speech-ended')
    .map((event) => event.data.text)
    .join(' ');
  expect(said).toMatch(/could not do that|colleague/i);
  expect(said).not.toMatch(/timeout|timed|error|ms\b/i);
});

test('the speech process is killed in mid-call: no turn is lost', async () => {
  const { id } = await place({ assistantId, say: [ask('palermo'), ask('milan'), ask('florence')] });
  await eventually(id, (log) => ofType(log, 'agent-speech-ended').length === 2);
  kill('speech');
  const log = await ended(id);
  const answers = ofType(log, 'tool-succeeded').map((event) => event.data.answer);
  expect(answers.slice(-2)).toEqual([expect.stringContaining('milan'), expect.stringContaining('florence')]);
  expect(log.at(-1)).toMatchObject({ type: 'call-ended' });
});

test('the web process is killed in mid-call: the call goes on, and a page that watches misses nothing', async () => {
  const browser = await browserWithMicrophone();
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    await signIn(context, page);
    const { id } = await place({ assistantId, say: [ask('palermo'), ask('milan')] });
    await page.goto(`${state().url}/calls/${id}`);
    await eventually(id, (log) => ofType(log, 'tool-started').length === 1);
    kill('web');
    const log = await ended(id);
    expect(ofType(log, 'tool-succeeded')).toHaveLength(2);
    await expect(page.getByRole('button', { name: /get_weather.*milan/ }).first()).toBeVisible({ timeout: 30_000 });
    await expect(callPage(page).transcript).toContainText(ask('milan'));
  } finally {
    await browser.close();
  }
});

test('the worker is killed in mid-call: the call fails with the reason, and the next call works', async () => {
  const { id } = await place({ assistantId, say: [ask('palermo'), ask('milan')] });
  await eventually(id, (log) => ofType(log, 'call-started').length === 1);
  kill('worker');
  const log = await ended(id, 40_000);
  expect(log.at(-1)).toMatchObject({ type: 'call-failed', data: { code: 'worker-lost' } });
  expect(await call(id)).toMatchObject({ status: 'failed', failure: { code: 'worker-lost' } });
  await expect
    .poll(() => processes().find((part) => part.name === 'worker')?.state, { timeout: 30_000 })
    .toBe('running');
  await expect.poll(async () => (await fetch(`${state().url}/api/v1/health`)).status, { timeout: 60_000 }).toBe(200);
  const next = await place({ assistantId, say: [ask('florence')] });
  expect((await ended(next.id)).at(-1)).toMatchObject({ type: 'call-ended' });
});

test('a dispatch that no worker takes is noticed within 3 s, sent again, and the call is answered when one comes', async () => {
  const pid = processes().find((part) => part.name === 'worker')?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  let id = '';
  try {
    id = (await place({ assistantId, say: [ask('palermo')] })).id;
    const log = await eventually(id, (found) => ofType(found, 'agent-late').length >= 1, 10_000);
    const [dispatched] = ofType(log, 'agent-dispatched');
    const [late] = ofType(log, 'agent-late');
    expect(Date.parse(late?.recordedAt ?? '') - Date.parse(dispatched?.recordedAt ?? '')).toBeLessThan(4_000);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const log = await ended(id);
  expect(ofType(log, 'agent-dispatched').length).toBeGreaterThanOrEqual(2);
  expect(log.at(-1)).toMatchObject({ type: 'call-ended' });
});

test('the database is gone for ten seconds: the call goes on, and its log is whole and in order afterwards [V11]', async () => {
  const { id } = await place({ assistantId, say: [ask('palermo'), ask('milan'), ask('florence')] });
  await eventually(id, (log) => ofType(log, 'tool-succeeded').length === 1);
  const until = Date.now() + 10_000;
  while (Date.now() < until) {
    const database = processes().find((part) => part.name === 'postgres');
    if (database?.pid && database.state === 'running') kill('postgres');
    await sleep(100);
  }
  const log = await ended(id);
  expect(log.map((event) => event.seq)).toEqual(log.map((_, i) => i + 1));
  expect(ofType(log, 'log-delayed').length).toBeGreaterThanOrEqual(1);
  expect(ofType(log, 'tool-succeeded').at(-1)?.data.answer).toContain('florence');
  expect(log.at(-1)).toMatchObject({ type: 'call-ended' });
  const times = log.flatMap((event) => (event.at === null || event.at < 0 ? [] : [event.at]));
  expect(times.length).toBeGreaterThan(10);
});

test('a reload rejoins the call, and nothing of the timeline is lost', async () => {
  const browser = await browserWithMicrophone();
  try {
    const context = await browser.newContext({ permissions: ['microphone'], viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const { errors } = watchConsole(page);
    await signIn(context, page);
    const found = await luigi();
    await page.goto(`${state().url}/assistants/${found.id}`);
    await page.getByRole('button', { name: 'Test call' }).click();
    await page.waitForURL(/\/calls\/call_/);
    const id = /calls\/(call_\w+)/.exec(page.url())?.[1] ?? '';
    await eventually(id, (log) => ofType(log, 'caller-joined').length === 1);
    await page.getByPlaceholder(/Type instead/).fill('how many margherita pizzas are left');
    await page.keyboard.press('Enter');
    await eventually(id, (log) => ofType(log, 'tool-succeeded').length === 1);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Hang up' })).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('button', { name: /check_inventory/ }).first()).toBeVisible();
    await page.getByPlaceholder(/Type instead/).fill('what is on the menu');
    await page.keyboard.press('Enter');
    await eventually(id, (log) => ofType(log, 'tool-succeeded').length === 2);
    expect(await call(id)).toMatchObject({ status: 'live' });
    await page.getByRole('button', { name: 'Hang up' }).click();
    await eventually(id, (log) => log.some(isEnd));
    expect(errors).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('a caller who is gone for good ends the call', async () => {
  const { id } = await place({ assistantId });
  await eventually(id, (log) => ofType(log, 'call-started').length === 1);
  expect(await call(id)).toMatchObject({ status: 'live' });
  await fetch(`${state().url}/api/v1/calls/${id}/end`, {
    method: 'POST',
    headers: { authorization: `Bearer ${state().token}` },
  });
  const log = await ended(id);
  expect(log.at(-1)).toMatchObject({ type: 'call-ended', data: { reason: 'caller-hung-up' } });
  expect((await events(id)).filter(isEnd)).toHaveLength(1);
});

test('nothing that a caller said, no key and no token is in the log [V6]', async () => {
  const { id } = await place({ assistantId, say: [ask('florence')] });
  await ended(id);
  const log = readFileSync(path.join(state().home, 'patchbay.log'), 'utf8');
  expect(log.length).toBeGreaterThan(100);
  for (const secret of [weather.key, state().token, 'florence', 'sunny', 'margherita', 'hello'])
    expect(log.toLowerCase().includes(secret.toLowerCase()), secret).toBe(false);
});
