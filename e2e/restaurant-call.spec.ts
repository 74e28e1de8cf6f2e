import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { api, ended, luigi, ofType, place, servers } from '#src/e2e/harness/api.ts';
import { state } from '#src/e2e/harness/state.ts';

const runsSchema = z.object({
  items: z.array(z.object({ serverName: z.string(), tool: z.string(), state: z.string() })),
});

test.beforeEach(() => api('POST', '/demo/reset'));
test.afterEach(() => api('POST', '/demo/reset'));

test('the restaurant call: stock checked in mid-conversation, an order and a table after a spoken yes each, a row in the sheet afterwards [V14] [V15] [X7] [K14]', async () => {
  const { id } = await place({
    assistantId: (await luigi()).id,
    say: [
      'how many margherita pizzas are left',
      'i would like to order two margherita pizzas',
      'mara',
      'yes please',
      'book a table for four people tomorrow at eight pm',
      'thomas',
      'yes please',
    ],
  });
  const log = await ended(id, 150_000);
  expect(ofType(log, 'server-connected').length).toBeGreaterThanOrEqual(2);
  const [stock, order, table] = ofType(log, 'tool-started');
  expect(stock?.data).toMatchObject({ tool: 'check_inventory', arguments: { item: 'margherita' } });
  expect(order?.data).toMatchObject({ tool: 'place_order', arguments: { item: 'margherita', quantity: 2 } });
  expect(table?.data).toMatchObject({ tool: 'book_table', arguments: { people: 4, time: '20:00', name: 'Thomas' } });

  // Each write was read back, and left only after the caller's own yes.
  const yes = ofType(log, 'turn-committed').filter((turn) => turn.data.text === 'yes please');
  expect(yes.map((turn) => turn.data.source)).toEqual(['spoken', 'spoken']);
  for (const [i, write] of [order, table].entries()) {
    const own = log.filter((event) => event.toolCallId === write?.toolCallId).map((event) => event.type);
    const way = ['tool-waiting', 'tool-confirmed', 'tool-started', 'tool-succeeded'];
    expect(own.filter((type) => way.includes(type))).toEqual(way);
    expect(write?.seq).toBeGreaterThan(yes[i]?.seq ?? Number.POSITIVE_INFINITY);
  }
  expect(ofType(log, 'tool-succeeded')).toHaveLength(3);

  // The sheet is told in the background, once.
  await expect
    .poll(async () => runsSchema.parse(await api('GET', `/calls/${id}/after-call`)).items)
    .toEqual([expect.objectContaining({ serverName: 'Sheet log', tool: 'append_row', state: 'done' })]);
  const sheet = readFileSync(path.join(state().home, 'sheet/calls.csv'), 'utf8');
  const rows = sheet.split('\n').filter((row) => row.includes('place_order'));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain('book_table');

  // The till and the book themselves say so.
  const ask = async (server: string, tool: string, args: Record<string, unknown>) => {
    const found = (await servers()).find(({ name }) => name.startsWith(server));
    return api('POST', `/mcp-servers/${found?.id}/tools/${tool}/call`, { arguments: args });
  };
  expect(await ask('POS', 'check_inventory', { item: 'margherita' })).toMatchObject({ structuredContent: { left: 5 } });
  const { booking_number } = z
    .object({ booking_number: z.string() })
    .parse(ofType(log, 'tool-succeeded')[2]?.data.structuredContent);
  expect(await ask('Bookings', 'cancel_booking', { booking_number })).toMatchObject({ ok: true });
});
