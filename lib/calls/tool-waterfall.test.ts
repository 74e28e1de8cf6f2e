import { expect, test } from 'vitest';
import type { CallEvent } from '#src/lib/calls/call-event.ts';
import { toolWaterfall } from '#src/lib/calls/tool-waterfall.ts';

const names = { serverId: 's', serverName: 'Till', tool: 'place_order' };
const base = { recordedAt: '2026-01-01T00:00:00Z', toolCallId: 'tc' };
const ended = (times?: object): CallEvent[] => [
  {
    ...base,
    seq: 2,
    at: 1_500,
    type: 'tool-succeeded',
    data: { ...names, ms: 400, answer: '', content: [], ...(times ? { times } : {}) },
  },
];

test('waiting for a yes, limits, connection, request and answer stand one after the other on the clock of the call [B11]', () => {
  const parts = [
    { kind: 'waiting' as const, from: 200, to: 1_000 },
    { kind: 'ran' as const, from: 1_110, to: 1_500 },
  ];
  const events = ended({ limitsMs: 10, tryMs: 15, sessionMs: 100, firstByteMs: 390 });
  expect(toolWaterfall({ parts, events })).toEqual([
    { name: 'waiting', from: 200, to: 1_000 },
    { name: 'limits', from: 1_100, to: 1_110 },
    { name: 'before', from: 1_110, to: 1_115 },
    { name: 'connect', from: 1_115, to: 1_200 },
    { name: 'request', from: 1_200, to: 1_490 },
    { name: 'answer', from: 1_490, to: 1_500 },
  ]);
});

test('waiting for a slow server is no waiting for a yes', () => {
  const slow: CallEvent = {
    ...base,
    seq: 1,
    at: 1_300,
    type: 'tool-waiting',
    data: { ...names, waitingFor: 'server', note: '' },
  };
  const parts = [
    { kind: 'ran' as const, from: 1_100, to: 1_300 },
    { kind: 'waiting' as const, from: 1_300, to: 1_500 },
  ];
  const events = [slow, ...ended({ limitsMs: 0, tryMs: 0, sessionMs: 0, firstByteMs: 400 })];
  expect(toolWaterfall({ parts, events })).toEqual([{ name: 'request', from: 1_100, to: 1_500 }]);
});

test('steps that took no time are left out, and a log without times has one stretch', () => {
  const parts = [{ kind: 'ran' as const, from: 1_100, to: 1_500 }];
  const quick = toolWaterfall({ parts, events: ended({ limitsMs: 0, tryMs: 0, sessionMs: 0, firstByteMs: 400 }) });
  expect(quick).toEqual([{ name: 'request', from: 1_100, to: 1_500 }]);
  expect(toolWaterfall({ parts, events: ended() })).toEqual([{ name: 'ran', from: 1_100, to: 1_500 }]);
});

test('a call that ended before its answer ends in a stretch without one', () => {
  const failed: CallEvent = {
    ...base,
    seq: 3,
    at: 1_500,
    type: 'tool-failed',
    data: { ...names, ms: 500, code: 'timed-out', message: '', times: { limitsMs: 1, tryMs: 1, sessionMs: 100 } },
  };
  expect(toolWaterfall({ parts: [], events: [failed] }).at(-1)).toEqual({ name: 'no-answer', from: 1_100, to: 1_500 });
});
