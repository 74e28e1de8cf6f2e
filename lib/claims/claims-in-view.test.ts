import { expect, test } from 'vitest';
import { type CallEventType, parseCallEvent } from '#src/lib/calls/call-event.ts';
import { callView } from '#src/lib/calls/call-view.ts';

const zero = Date.parse('2026-01-02T19:24:00.000Z');
const pos = { serverId: 's1', serverName: 'POS', tool: 'place_order' };

function log(...rows: [at: number, type: CallEventType, data: unknown, toolCallId?: string][]) {
  return rows.map(([at, type, data, toolCallId], i) =>
    parseCallEvent({ seq: i + 1, at, recordedAt: new Date(zero + at).toISOString(), type, data, toolCallId }),
  );
}

const events = log(
  [0, 'call-started', {}],
  [1000, 'tool-started', { ...pos, effect: 'write', arguments: { item: 'margherita', quantity: 2 } }, 'c1'],
  [1200, 'tool-succeeded', { ...pos, ms: 200, answer: '{"order_number":"A-2047"}', content: [] }, 'c1'],
  [1500, 'agent-speech-started', { speechId: 'a1', text: "It's order", kind: 'answer', delayMs: null }],
  [3500, 'agent-speech-ended', { speechId: 'a1', text: "It's order A-2047. I've sent you a text." }],
);

test('the view of a call carries the claims of each turn, live and afterwards the same [B2]', () => {
  const [turn] = callView(events).agent;
  expect(turn?.claims.map((claim) => [claim.text, claim.proof?.toolCallId ?? claim.why])).toEqual([
    ["It's order A-2047.", 'c1'],
    ["I've sent you a text.", 'Nothing proves the text message. No tool that sends messages ran.'],
  ]);
  const ended = log([4000, 'call-ended', { reason: 'caller-hung-up', durationMs: 4000 }]).map((event) => ({
    ...event,
    seq: 6,
  }));
  expect(callView([...events, ...ended]).agent[0]?.claims).toEqual(turn?.claims);
});

test('while the agent still speaks nothing is flagged [B2]', () => {
  expect(callView(events.slice(0, 4)).agent[0]?.claims).toEqual([]);
});
