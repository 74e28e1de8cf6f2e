import { expect, test } from 'vitest';
import { type CallEvent, type CallEventData, type CallEventType, parseCallEvent } from '#src/lib/calls/call-event.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import { toolSummary } from '#src/lib/calls/tool-summary.ts';

const zero = Date.parse('2026-01-02T19:24:00.000Z');

/** A log written by hand: `[at, type, data, toolCallId]`. */
function log<T extends CallEventType>(...rows: [number | null, T, CallEventData<T>, string?][]): CallEvent[] {
  return rows.map(([at, type, data, toolCallId], index) =>
    parseCallEvent({
      seq: index + 1,
      at,
      recordedAt: new Date(zero + (at ?? -300)).toISOString(),
      type,
      data,
      ...(toolCallId ? { toolCallId } : {}),
    }),
  );
}

const pos = { serverId: 's1', serverName: 'POS', tool: 'check_inventory' };
const call = log(
  [null, 'call-placed', { assistant: 'Luigi', version: null, caller: 'Ines', synthetic: false }],
  [null, 'agent-dispatched', { attempt: 1 }],
  [0, 'call-started', { dispatchMs: 240 }],
  [100, 'agent-speech-started', { speechId: 'a1', text: 'Good evening.', kind: 'greeting', delayMs: null }],
  [140, 'server-connected', { serverId: 's1', serverName: 'POS', ms: 23, protocolVersion: '2026-07-28', tools: 6 }],
  [1500, 'agent-speech-ended', { speechId: 'a1', text: 'Good evening.' }],
  [2000, 'caller-speech-started', {}],
  [3000, 'caller-speech-ended', { ms: 1000 }],
  [3300, 'turn-committed', { text: 'how many margheritas are left', source: 'spoken', confidence: 0.9 }],
  [3310, 'model-started', { model: 'rehearsal', round: 1 }],
  [
    3320,
    'model-answered',
    { model: 'rehearsal', ms: 10, firstTokenMs: 4, inputTokens: null, outputTokens: null, toolCalls: 1 },
  ],
  [3330, 'tool-started', { ...pos, arguments: { item: 'margherita' }, effect: 'read' }, 'c1'],
  [3380, 'tool-succeeded', { ...pos, ms: 50, answer: '{"left":7}', content: [], structuredContent: { left: 7 } }, 'c1'],
  [3500, 'agent-speech-started', { speechId: 'a2', text: 'Seven', kind: 'answer', delayMs: 500 }],
  [4200, 'caller-speech-started', {}],
  [4300, 'agent-speech-interrupted', { speechId: 'a2', heard: 'Seven are', unheard: 'left tonight.' }],
  [4800, 'caller-speech-ended', { ms: 600 }],
  [5000, 'turn-committed', { text: 'thank you', source: 'spoken', confidence: null }],
);

test('turns, tool calls and remarks stand in the order of one clock [C8]', () => {
  const view = callView(call);
  expect(view.items.map((item) => [item.kind, item.at])).toEqual([
    ['agent', 100],
    ['note', 140],
    ['caller', 2000],
    ['tool', 3330],
    ['agent', 3500],
    ['caller', 4200],
  ]);
  expect(view.zeroAt).toBe(zero);
  expect(view.lastAt).toBe(5000);
});

test('words that nobody heard are kept apart from those that were heard [B3]', () => {
  const answer = callView(call).agent[1];
  expect(answer?.cut).toEqual({ heard: 'Seven are', unheard: 'left tonight.', at: 4300 });
  expect(answer?.text).toBe('Seven are left tonight.');
  expect(answer?.span).toEqual({ from: 3500, to: 4300 });
  expect(callView(call).caller[1]?.interrupted).toBe(true);
});

test('a later end of an interrupted speech does not make it heard [B3]', () => {
  const late = log([5100, 'agent-speech-ended', { speechId: 'a2', text: 'Seven are left tonight.' }]);
  const view = callView([...call, ...late.map((event) => ({ ...event, seq: 99 }))]);
  expect(view.agent[1]?.cut?.unheard).toBe('left tonight.');
});

test('a tool call carries its arguments, result and time on one bar [V11]', () => {
  const tool = callView(call).tools[0];
  expect(tool).toMatchObject({
    state: 'succeeded',
    ms: 50,
    structured: { left: 7 },
    arguments: { item: 'margherita' },
  });
  expect(tool?.parts).toEqual([{ kind: 'ran', from: 3330, to: 3380 }]);
  expect(tool && toolSummary(tool)).toBe('margherita → left 7');
});

test('a tool that waits, then fails, has a bar of both parts', () => {
  const place = { serverId: 's1', serverName: 'POS', tool: 'place_order' };
  const view = callView(
    log(
      [0, 'call-started', {}],
      [1000, 'tool-waiting', { ...place, waitingFor: 'caller', note: 'asks for a yes' }, 'c2'],
      [2500, 'tool-started', { ...place, arguments: {}, effect: 'write' }, 'c2'],
      [3000, 'tool-failed', { ...place, ms: 500, code: 'timed-out', message: 'No answer within 0.5 s.' }, 'c2'],
    ),
  );
  expect(view.tools[0]?.parts).toEqual([
    { kind: 'waiting', from: 1000, to: 2500 },
    { kind: 'failed', from: 2500, to: 3000 },
  ]);
  expect(view.tools[0]?.failure?.code).toBe('timed-out');
});

test('what came before the agent gets its place as soon as the clock starts', () => {
  const before = log([null, 'agent-late', { attempt: 1, waitedMs: 3000 }], [0, 'call-started', {}]);
  expect(callView(before.slice(0, 1)).items[0]?.at).toBeNull();
  expect(callView(before).items[0]?.at).toBe(-300);
});

test('a call that died closes everything that was going on', () => {
  const view = callView([
    ...call.slice(0, 12),
    ...log([9000, 'call-failed', { code: 'worker-lost', message: 'The agent was lost.', durationMs: 9000 }]),
  ]);
  expect(view.tools[0]?.parts[0]?.to).toBe(9000);
  expect(view.ending).toEqual({ at: 9000, failed: true, text: 'The agent was lost.' });
});

test('speech without a turn yet is still shown, and a typed turn does not take it', () => {
  const view = callView(
    log(
      [0, 'call-started', {}],
      [1000, 'caller-speech-started', {}],
      [1500, 'turn-committed', { text: 'hello', source: 'typed', confidence: null }],
    ),
  );
  expect(view.unfinished).toEqual([{ from: 1000, to: null }]);
  expect(view.caller[0]).toMatchObject({ source: 'typed', spans: [], at: 1500 });
});

test('events one by one lead to the same view as all at once', () => {
  let view = callView([]);
  for (let n = 1; n <= call.length; n++) view = callView(call.slice(0, n));
  expect(view).toEqual(callView(call));
});
