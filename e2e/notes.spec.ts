import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { api, ended, eventually, luigi, ofType, place } from '#src/e2e/harness/api.ts';
import { signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { joinSilently } from '#src/e2e/harness/silent-caller.ts';
import { state } from '#src/e2e/harness/state.ts';

test('a call gets a label and a comment at a moment, each taken back by undo, and leaves as a file [C9]', async ({
  context,
  page,
}) => {
  const { errors } = watchConsole(page);
  await signIn(context, page);
  const placed = await place({ assistantId: (await luigi()).id });
  const { id } = placed;
  const leave = await joinSilently(placed);
  await api('POST', `/calls/${id}/text`, { text: 'how many margherita pizzas are left' }).catch(() => {});
  await eventually(id, (log) => ofType(log, 'agent-speech-ended').length > 0);
  await api('POST', `/calls/${id}/end`);
  await ended(id);
  await leave();

  await page.goto(`${state().url}/calls/${id}?t=2`);
  const notes = page.getByRole('region', { name: 'Notes' });
  await notes.getByLabel('Add a label').fill('to look at');
  await page.keyboard.press('Enter');
  await notes.getByRole('button', { name: 'Take off to look at' }).click();
  await expect(notes.getByText('to look at', { exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(notes.getByText('to look at', { exact: true })).toBeVisible();

  await notes.getByRole('button', { name: /^Comment at/ }).click();
  await page.keyboard.type('The greeting <b>is</b> long.');
  await page.keyboard.press('Enter');
  const comment = notes.getByRole('listitem').filter({ hasText: 'The greeting <b>is</b> long.' });
  await expect(comment.getByRole('button', { name: /^Go to 00:0/ })).toBeVisible();
  const mark = page
    .getByRole('region', { name: 'Timeline' })
    .getByRole('button', { name: /: The greeting <b>is<\/b> long\.$/ });
  await page.keyboard.press('ArrowLeft');
  await expect(notes.getByRole('button', { name: 'Comment at 00:01' })).toBeVisible();
  await mark.click();
  await expect(notes.getByRole('button', { name: 'Comment at 00:02' })).toBeVisible();
  await comment.getByRole('button', { name: /^Delete this comment/ }).click();
  await expect(comment).toBeHidden();
  await expect(mark).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(comment).toBeVisible();

  for (const [name, inside] of [
    ['Events, JSON', '"type": "call-started"'],
    ['Transcript, Markdown', '# Call with Luigi'],
    ['Subtitles, WebVTT', 'WEBVTT'],
  ] as const) {
    await page.getByRole('button', { name: 'Export this call' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name }).click()]);
    expect(file.suggestedFilename()).toContain(id);
    expect(readFileSync(await file.path(), 'utf8')).toContain(inside);
  }
  if (process.env.PATCHBAY_SHOTS) await page.screenshot({ path: `${process.env.PATCHBAY_SHOTS}/notes.png` });
  expect(errors).toEqual([]);
});
