import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { api, ended, luigi, ofType, place } from '#src/e2e/harness/api.ts';
import { state } from '#src/e2e/harness/state.ts';

const runsSchema = z.object({
  items: z.array(z.object({ serverName: z.string(), tool: z.string(), state: z.string() })),
});

test('the restaurant call: stock checked in mid-conversation, an order after a spoken yes, a row in the sheet afterwards [V14] [V15] [X7]', async () => {
  const { id } = await place({
    assistantId: (await luigi()).id,
    say: [
      'how many margherita pizzas are left',
      'i would like to order two margherita pizzas',
      'm a r a',
      'yes please',
    ],
  });
  const log = await ended(id);
  expect(ofType(log, 'server-connected').length).toBeGreaterThanOrEqual(2);
  const [stock, order] = ofType(log, 'tool-started');
  expect(stock?.data).toMatchObject({ tool: 'check_inventory', arguments: { item: 'margherita' } });
  expect(order?.data).toMatchObject({ tool: 'place_order', arguments: { item: 'margherita', quantity: 2 } });
  const yes = ofType(log, 'turn-committed').at(-1);
  expect(yes?.data).toMatchObject({ text: 'yes please', source: 'spoken' });
  expect(order?.seq).toBeGreaterThan(yes?.seq ?? Number.POSITIVE_INFINITY);
  expect(ofType(log, 'tool-succeeded')).toHaveLength(2);

  // The sheet is told in the background, once.
  await expect
    .poll(async () => runsSchema.parse(await api('GET', `/calls/${id}/after-call`)).items)
    .toEqual([expect.objectContaining({ serverName: 'Sheet log', tool: 'append_row', state: 'done' })]);
  const sheet = readFileSync(path.join(state().home, 'sheet/calls.csv'), 'utf8');
  expect(sheet.split('\n').filter((row) => row.includes('place_order'))).toHaveLength(1);

  // The till says that two are gone.
  const { items } = z
    .object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })
    .parse(await api('GET', '/mcp-servers'));
  const till = items.find((server) => server.name.startsWith('POS'));
  const left = await api('POST', `/mcp-servers/${till?.id}/tools/check_inventory/call`, {
    arguments: { item: 'margherita' },
  });
  expect(left).toMatchObject({ ok: true, structuredContent: { left: 5 } });
  await api('POST', '/demo/reset');
});
