import { expect, test } from 'vitest';
import { callShape } from '#src/lib/calls/call-shape.ts';

const rows = (...list: [number, string, string?][]) =>
  list.map(([at, type, effect]) => ({ at, type, effect: effect ?? null }));

test('a call at a glance: both speakers, reads, writes and failures [C9]', () => {
  const shape = callShape(
    rows(
      [100, 'agent-speech-started'],
      [900, 'agent-speech-ended'],
      [1000, 'caller-speech-started'],
      [2000, 'caller-speech-ended'],
      [2100, 'tool-started', 'read'],
      [2200, 'tool-started', 'write'],
      [2500, 'tool-failed'],
      [3000, 'agent-speech-started'],
      [4000, 'call-ended'],
    ),
  );
  expect(shape).toEqual({
    durationMs: 4000,
    caller: [[1000, 2000]],
    agent: [
      [100, 900],
      [3000, 4000],
    ],
    marks: [
      { at: 2100, kind: 'read' },
      { at: 2200, kind: 'write' },
      { at: 2500, kind: 'failed' },
    ],
  });
});

test('an end without a beginning is left out', () => {
  expect(callShape(rows([500, 'agent-speech-ended'], [600, 'caller-speech-ended']))).toEqual({
    durationMs: 600,
    caller: [],
    agent: [],
    marks: [],
  });
});
