import { expect, test } from '@playwright/test';
import { call, ended, luigi, ofType, place, transcript } from '#src/e2e/harness/api.ts';

test('a spoken question is answered through a tool, once, after the turn was committed [C3] [C8] [B1] [V1]', async () => {
  const { id } = await place({ assistantId: (await luigi()).id, say: ['how many margherita pizzas are left'] });
  const log = await ended(id);
  const [turn] = ofType(log, 'turn-committed');
  expect(turn?.data).toMatchObject({ text: 'how many margherita pizzas are left', source: 'spoken' });
  const started = ofType(log, 'tool-started');
  expect(started).toHaveLength(1);
  expect(started[0]?.data).toMatchObject({
    tool: 'check_inventory',
    arguments: { item: 'margherita' },
    effect: 'read',
  });
  expect(started[0]?.seq).toBeGreaterThan(turn?.seq ?? Number.POSITIVE_INFINITY);
  expect(ofType(log, 'tool-succeeded')[0]?.data.structuredContent).toMatchObject({ left: 7 });
  const answer = (await transcript(id)).filter((item) => item.kind === 'turn' && item.who === 'agent').at(-1);
  expect(answer).toMatchObject({ text: expect.stringMatching(/margherita/i) });
  expect(answer).toMatchObject({ text: expect.stringMatching(/\b(7|seven)\b/) });
  expect(await call(id)).toMatchObject({
    status: 'ended',
    endedReason: 'caller-hung-up',
    stats: { turns: 1, toolCalls: 1, toolFailures: 0 },
  });
  expect(log.map((event) => event.seq)).toEqual(log.map((_, i) => i + 1));
});

test('an order is read back, placed after a yes, and is in the till once [V13] [K14]', async () => {
  const { id } = await place({
    assistantId: (await luigi()).id,
    say: ['i would like to order two margherita pizzas', 'm a r a', 'yes please'],
  });
  const log = await ended(id);
  expect(ofType(log, 'turn-committed').length).toBeGreaterThanOrEqual(2);
  const orders = ofType(log, 'tool-started').filter((event) => event.data.tool === 'place_order');
  expect(orders).toHaveLength(1);
  expect(orders[0]?.data.arguments).toMatchObject({ item: 'margherita', quantity: 2 });
  expect(ofType(log, 'tool-succeeded').map((event) => event.data.tool)).toContain('place_order');
});

test('two calls at once do not mix [V6]', async () => {
  const assistantId = (await luigi()).id;
  const [one, two] = await Promise.all([
    place({ assistantId, say: ['how many margherita pizzas are left'] }),
    place({ assistantId, say: ['what is on the menu'] }),
  ]);
  const [first, second] = await Promise.all([ended(one.id), ended(two.id)]);
  expect(ofType(first, 'tool-started').map((event) => event.data.tool)).toEqual(['check_inventory']);
  expect(ofType(second, 'tool-started').map((event) => event.data.tool)).toEqual(['get_menu']);
});
