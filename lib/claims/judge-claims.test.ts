import { expect, test } from 'vitest';
import type { AgentTurn, ToolCall } from '#src/lib/calls/call-item.ts';
import { judgeClaims } from '#src/lib/claims/judge-claims.ts';
import { failed, inDoubt, late, read, waiting, write } from '#src/lib/claims/testing/labelled-case.ts';

const order = write('place_order', { item: 'margherita', quantity: 2 }, { order_number: 'A-2047', total_eur: 19 });
const turn = (text: string, more: Partial<AgentTurn> = {}): AgentTurn => ({
  kind: 'agent',
  id: 'a1',
  at: 10_000,
  span: { from: 10_000, to: 14_000 },
  text,
  speech: 'answer',
  delayMs: null,
  cut: null,
  claims: [],
  ...more,
});
const judge = (text: string, tools: ToolCall[], more: Partial<AgentTurn> = {}) =>
  judgeClaims({ agent: [turn(text, more)], tools });
const why = (text: string, tools: ToolCall[]) => judge(text, tools)[0]?.why;

test('a claim is linked to the write that proves it, and to the moment it was said [B2]', () => {
  expect(judge("Done. It's order A-2047.", [order])).toMatchObject([
    { text: "It's order A-2047.", turnId: 'a1', at: 14_000, proof: { toolCallId: 'place_order' }, why: null },
  ]);
});

test('an unproven claim says why [B2]', () => {
  expect(why('I have sent you a text.', [order])).toBe(
    'Nothing proves the text message. No tool that sends messages ran.',
  );
  expect(why('Your order is placed.', [failed('place_order')])).toBe('Nothing proves the order. place_order failed.');
  expect(why('Your order is placed.', [inDoubt('place_order')])).toBe(
    'Nothing proves the order. Nobody knows whether place_order went through.',
  );
  expect(why('Your order is placed.', [waiting('place_order')])).toBe(
    'Nothing proves the order. place_order still waits for a yes.',
  );
  expect(why('Your order is placed.', [late(order)])).toBe(
    'Nothing proves the order. place_order answered only after this was said.',
  );
  expect(why("I've placed your order for four margherita.", [order])).toBe(
    'Nothing proves the order. place_order ran, but “four” is not in what it was given or answered.',
  );
  expect(why('We have calzone.', [read('check', { item: 'calzone' }, { item: 'calzone', left: 0 })])).toBe(
    'Nothing proves this. check answered the opposite.',
  );
  expect(why('We are open until ten.', [])).toBe(
    'Nothing proves this. No tool result says so; it may come from the instructions.',
  );
});

test('what the caller did not hear was not claimed [B2]', () => {
  const cut = { heard: 'One moment.', unheard: 'Your order is placed.', at: 12_000 };
  expect(judge('One moment. Your order is placed.', [order], { cut })).toEqual([]);
});

test('nothing is judged before it is known what was heard [B2]', () => {
  expect(judge('Your order is placed.', [order], { span: { from: 10_000, to: null } })).toEqual([]);
});

test('a greeting and a filler are not claims of the model [B2]', () => {
  expect(judge('We are open until ten.', [], { speech: 'greeting' })).toEqual([]);
  expect(judge('We are open until ten.', [], { speech: 'filler' })).toEqual([]);
});

test('a tool may answer while the same stretch of speech goes on [B2]', () => {
  const during = { ...order, parts: [{ kind: 'ran' as const, from: 10_500, to: 12_000 }] };
  expect(judge('One moment. Your order is placed.', [during])[0]?.proof).not.toBeNull();
  expect(judge('Your order is placed. And one more thing, which takes a while to say.', [during])[0]?.proof).toBeNull();
});

test('an older success does not prove a newer try that failed [B2]', () => {
  const again = { ...failed('place_order'), id: 'again', at: 9_500 };
  expect(judge('Your order is placed.', [order, again])[0]?.proof).toBeNull();
  expect(judge('Your order A-2047 is placed.', [order, again])[0]?.proof).not.toBeNull();
});

test('what fails later takes no proof from what was said before [B2]', () => {
  const later = { ...failed('place_order'), id: 'later', at: 90_000 };
  expect(judge('Your order is placed.', [order, later])[0]?.proof?.toolCallId).toBe('place_order');
});

test('of what ran after it was said the first says why, not the last of a long call [B2]', () => {
  const last = { ...failed('place_order'), id: 'last', at: 90_000 };
  expect(why('Your order is placed.', [late(order), last])).toBe(
    'Nothing proves the order. place_order answered only after this was said.',
  );
});

test('a read proves no deed [B2]', () => {
  const menu = read('order_status', { order: 'A-1' }, { order: 'A-1', placed: true });
  expect(judge('I have placed your order.', [menu])[0]?.proof).toBeNull();
});
