import { expect, test } from '@playwright/test';
import { api, eventually, ofType, place } from '#src/e2e/harness/api.ts';
import { signIn, watchConsole } from '#src/e2e/harness/browser.ts';
import { joinSilently } from '#src/e2e/harness/silent-caller.ts';
import { state } from '#src/e2e/harness/state.ts';
import { auditPage } from '#src/e2e/pages/audit-page.ts';
import { assistantSchema } from '#src/lib/assistants/assistant-config.ts';
import { mcpServerSchema } from '#src/lib/mcp/mcp-server.ts';
import { startAskingServer } from '#src/server/agent/testing/asking-server.ts';

test('a server’s question is answered on the live page, and what failed is left to a person [C6] [V12]', async ({
  context,
  page,
}) => {
  test.setTimeout(180_000);
  const { errors } = watchConsole(page);
  await signIn(context, page);
  const asking = await startAskingServer('modern');
  const server = mcpServerSchema.parse(
    await api('POST', '/mcp-servers', { name: 'Bookings desk', url: `${asking.origin}/mcp`, watchMinutes: null }),
  );
  await api('POST', `/mcp-servers/${server.id}/handshake`);
  await api('PUT', `/mcp-servers/${server.id}/tools/book_table/policy`, {
    ...{ allowed: true, effect: 'read', confirmation: 'never', timeoutMs: 3_000 },
  });
  const assistant = assistantSchema.parse(
    await api('POST', '/assistants', { name: 'Desk', tools: [{ serverId: server.id, tools: ['book_table'] }] }),
  );
  try {
    const placed = await place({ assistantId: assistant.id });
    const { id } = placed;
    const leave = await joinSilently(placed);
    await eventually(id, (log) => ofType(log, 'agent-speech-ended').length === 1);
    await page.goto(`${state().url}/calls/${id}`);
    await expect(page.getByText('Live', { exact: true }).first()).toBeVisible();
    const ask = () => api('POST', `/calls/${id}/text`, { text: 'book a table for tonight' });
    await ask();
    const card = page.getByRole('region', { name: 'Bookings desk asks something' });
    await expect(card).toContainText('Which table?');
    await auditPage(page, 'a question on the live page');
    await card.getByLabel(/table/).fill('7');
    await card.getByRole('button', { name: 'Send the answer' }).click();
    await expect(card).toBeHidden();
    const log = await eventually(id, (found) => ofType(found, 'tool-succeeded').length === 1);
    expect(ofType(log, 'question-answered')[0]?.data).toMatchObject({ action: 'accept', by: 'Ines Costa' });

    await asking.close();
    await ask();
    await eventually(id, (found) => ofType(found, 'tool-failed').length === 1);
    await api('POST', `/calls/${id}/end`);
    await leave();
    await eventually(id, (found) => ofType(found, 'call-ended').length === 1);
    await expect(page.getByRole('region', { name: 'To follow up' })).toContainText('book_table on Bookings desk');

    await page.goto(`${state().url}/calls/follow-ups`);
    const row = page.getByRole('listitem').filter({ hasText: 'book_table on Bookings desk' });
    await auditPage(page, 'to follow up');
    await row.getByRole('button', { name: 'Done' }).click();
    await expect(row).toContainText('Done by Ines Costa');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(row.getByRole('button', { name: 'Done' })).toBeVisible();
    await row.getByRole('button', { name: 'Done' }).click();
    await expect(row).toContainText('Done by Ines Costa');
    await row.getByRole('link').click();
    await expect(page).toHaveURL(new RegExp(`/calls/${id}\\?t=`));
    expect(errors).toEqual([]);
  } finally {
    await api('DELETE', `/assistants/${assistant.id}`);
    await api('DELETE', `/mcp-servers/${server.id}`);
  }
});
