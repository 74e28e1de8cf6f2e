import { expect, test } from 'vitest';
import { afterCallArguments, afterCallFacts } from '#src/lib/calls/after-call-facts.ts';
import { parseCallEvent } from '#src/lib/calls/call-event.ts';

const recordedAt = '2026-01-02T10:00:00Z';
const pos = { serverId: 'srv_pos', serverName: 'POS' };
const write = (toolCallId: string, tool: string, end: Record<string, unknown>, effect = 'write') => [
  { type: 'tool-started', toolCallId, data: { ...pos, tool, arguments: { item: 'funghi', quantity: 2 }, effect } },
  { toolCallId, ...end, data: { ...pos, tool, ms: 5, ...(end.data ?? {}) } },
];
const events = [
  { type: 'turn-committed', turnId: 't1', data: { text: 'Two funghi.', source: 'spoken', confidence: null } },
  {
    type: 'agent-speech-started',
    turnId: 't1',
    data: { speechId: 's', text: 'Two funghi?', kind: 'answer', delayMs: 1 },
  },
  { type: 'agent-speech-ended', turnId: 't1', data: { speechId: 's', text: 'Two funghi, right?' } },
  ...write('a', 'get_menu', { type: 'tool-succeeded', data: { answer: 'x', content: [] } }, 'read'),
  ...write('b', 'place_order', { type: 'tool-succeeded', data: { answer: '{"order":"A-1"}', content: [] } }),
  ...write('c', 'cancel_order', { type: 'tool-failed', data: { code: 'refused', message: 'No.' } }),
  ...write('d', 'update_order', { type: 'tool-in-doubt', data: { message: 'No answer.' } }),
].map((event, index) => parseCallEvent({ seq: index + 1, at: index, recordedAt, ...event }));

const facts = afterCallFacts(
  {
    id: 'call_1',
    assistantName: 'Luigi',
    callerName: 'Mara',
    startedAt: new Date(recordedAt),
    endedAt: new Date('2026-01-02T10:01:00.600Z'),
    endedReason: 'agent-ended',
  },
  events,
);

test('what was done is told in a sentence for each write: not for reads and refusals, and doubt is said [V15]', () => {
  expect(facts.summary).toBe(
    'place_order on POS was done: funghi, 2 → order A-1. It is not known whether update_order on POS was done.',
  );
  expect(facts.transcript).toBe('Caller: Two funghi.\nLuigi: Two funghi, right?');
  expect(facts.durationSeconds).toBe(61);
  expect(facts.toolLog).toMatchObject([
    { tool: 'get_menu', effect: 'read', state: 'succeeded' },
    { tool: 'place_order', arguments: { item: 'funghi', quantity: 2 } },
    { tool: 'cancel_order', state: 'failed', error: { code: 'refused', message: 'No.' } },
    { tool: 'update_order', state: 'in-doubt' },
  ]);
});

test('each argument comes in the type that the tool asks for [V15]', () => {
  const plan = {
    tool: 't',
    arguments: {
      log: { from: 'toolLog' as const },
      logText: { from: 'toolLog' as const },
      seconds: { from: 'durationSeconds' as const },
      secondsText: { from: 'durationSeconds' as const },
      table: { text: '7' },
      loud: { text: 'true' },
      empty: { text: '' },
      free: { text: '7' },
    },
  };
  const of = (type: string) => ({ type });
  const schema = {
    type: 'object',
    properties: {
      log: of('array'),
      logText: of('string'),
      seconds: of('number'),
      secondsText: of('string'),
      table: of('integer'),
      loud: of('boolean'),
      empty: of('number'),
    },
  };
  const args = afterCallArguments(plan, schema, facts);
  expect(args).toMatchObject({ seconds: 61, secondsText: '61', table: 7, loud: true, empty: '', free: '7' });
  expect(args.log).toBe(facts.toolLog);
  expect(JSON.parse(String(args.logText))).toEqual(facts.toolLog);
});
