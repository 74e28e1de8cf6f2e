import { expect, test } from '@playwright/test';
import { api, call, ended, events, eventually, luigi, ofType, place, transcript } from '#src/e2e/harness/api.ts';
import { joinSilently } from '#src/e2e/harness/silent-caller.ts';

test.beforeAll(() => api('POST', '/demo/reset'));

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
  const placed = await place({ assistantId: (await luigi()).id });
  const { id } = placed;
  await joinSilently(placed);
  await eventually(id, (log) => ofType(log, 'agent-speech-ended').length === 1);
  const say = async (text: string) => {
    const before = ofType(await events(id), 'agent-speech-ended').length;
    await api('POST', `/calls/${id}/text`, { text });
    const log = await eventually(id, (found) => ofType(found, 'agent-speech-ended').length > before);
    return ofType(log, 'agent-speech-ended').at(-1)?.data.text ?? '';
  };
  expect(await say('I would like to order two margherita pizzas')).toMatch(/name/i);
  const readBack = await say('Mara');
  expect(readBack).toMatch(/2 margherita|two margherita/i);
  expect(readBack).toMatch(/Mara/);
  expect(ofType(await events(id), 'tool-started')).toEqual([]);
  const done = await say('yes please');
  expect(done).toMatch(/A-\d+|accepted|ready/i);
  await api('POST', `/calls/${id}/end`);
  const log = await ended(id);
  const orders = ofType(log, 'tool-started');
  expect(orders.map((event) => event.data)).toEqual([
    expect.objectContaining({
      tool: 'place_order',
      effect: 'write',
      arguments: { item: 'margherita', quantity: 2, pickup_name: 'Mara' },
    }),
  ]);
  // The till itself says that two are gone.
  const next = await place({ assistantId: (await luigi()).id });
  await joinSilently(next);
  await eventually(next.id, (found) => ofType(found, 'agent-speech-ended').length === 1);
  await api('POST', `/calls/${next.id}/text`, { text: 'how many margherita pizzas are left' });
  const after = await eventually(next.id, (found) => ofType(found, 'tool-succeeded').length === 1);
  expect(ofType(after, 'tool-succeeded')[0]?.data.structuredContent).toMatchObject({ left: 5 });
  await api('POST', `/calls/${next.id}/end`);
  await ended(next.id);
});

test('a reset brings the demo back to how it began', async () => {
  await api('POST', '/demo/reset');
  const placed = await place({ assistantId: (await luigi()).id });
  const { id } = placed;
  await joinSilently(placed);
  await eventually(id, (log) => ofType(log, 'agent-speech-ended').length === 1);
  await api('POST', `/calls/${id}/text`, { text: 'how many margherita pizzas are left' });
  const log = await eventually(id, (found) => ofType(found, 'tool-succeeded').length === 1);
  expect(ofType(log, 'tool-succeeded')[0]?.data.structuredContent).toMatchObject({ left: 7 });
  await api('POST', `/calls/${id}/end`);
  await ended(id);
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
