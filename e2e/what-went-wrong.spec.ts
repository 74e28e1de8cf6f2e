import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import { api, ended, events, eventually, luigi, ofType, place } from '#src/e2e/harness/api.ts';
import { signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { joinSilently } from '#src/e2e/harness/silent-caller.ts';
import { state } from '#src/e2e/harness/state.ts';
import { callPage } from '#src/e2e/pages/call-page.ts';

/** A call with Luigi whose greeting is over, and its page. */
async function typedCall(context: BrowserContext, page: Page) {
  await signIn(context, page);
  const placed = await place({ assistantId: (await luigi()).id });
  const { id } = placed;
  const leave = await joinSilently(placed);
  await eventually(id, (log) => ofType(log, 'agent-speech-ended').length === 1);
  await page.goto(`${state().url}/calls/${id}`);
  const type = (text: string) => api('POST', `/calls/${id}/text`, { text });
  return {
    id,
    type,
    /** Types and waits for the whole answer. */
    async ask(text: string): Promise<void> {
      const before = ofType(await events(id), 'agent-speech-ended').length;
      await type(text);
      await eventually(id, (log) => ofType(log, 'agent-speech-ended').length > before);
    },
    async end(): Promise<void> {
      await api('POST', `/calls/${id}/end`);
      await leave();
      await ended(id);
    },
  };
}

test('a call that ended well says what went wrong in it, and leads to each moment [B10]', async ({ context, page }) => {
  const { errors } = watchConsole(page);
  const call = await typedCall(context, page);
  for (let times = 0; times < 3; times++) await call.ask('how many margherita pizzas are left');
  await call.ask('can i speak to a person');
  await call.end();
  const wrong = page.getByRole('region', { name: 'What went wrong' });
  await expect(wrong.getByRole('button', { name: /asked three times.*margherita/ })).toBeVisible();
  await wrong.getByRole('button', { name: /asked for a person/ }).click();
  await expect(callPage(page).evidence).toContainText('Said by the caller');
  // In the list it is found by the same words.
  await expect
    .poll(async () => {
      await page.goto(`${state().url}/calls?flag=asked-for-person`);
      return page.locator(`a[data-row][href$="/calls/${call.id}"]`).count();
    })
    .toBe(1);
  expect(errors).toEqual([]);
});

test('what the caller cut off is shown as unheard, and the model is told only what was heard [B3]', async ({
  context,
  page,
}) => {
  const { errors } = watchConsole(page);
  const call = await typedCall(context, page);
  await call.type('what is on the menu');
  const [, answer] = ofType(
    await eventually(call.id, (log) => ofType(log, 'agent-speech-started').length > 1),
    'agent-speech-started',
  );
  // Some of it has to be heard before it is cut off.
  await expect.poll(() => Date.now() - Date.parse(answer?.recordedAt ?? '')).toBeGreaterThan(1_500);
  await call.ask('how many margherita pizzas are left');
  const log = await events(call.id);
  const [cut] = ofType(log, 'agent-speech-interrupted');
  const { heard = '', unheard = '' } = cut?.data ?? {};
  expect(heard).not.toBe('');
  expect(unheard).not.toBe('');
  const { transcript, evidence } = callPage(page);
  await expect(transcript.getByText(/caller cut in/)).toBeVisible();
  await expect(transcript.locator('s', { hasText: unheard })).toBeVisible();

  // The prompt of the answer that came after it.
  await transcript
    .getByRole('button', { name: /margherita pizzas left/ })
    .last()
    .click();
  await evidence
    .getByRole('button', { name: /^Prompt as sent/ })
    .first()
    .click();
  const prompt = await evidence.textContent();
  expect(prompt).toContain(heard);
  expect(prompt).not.toContain(unheard);
  await call.end();
  expect(errors).toEqual([]);
});
