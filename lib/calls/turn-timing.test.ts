import { expect, test } from 'vitest';
import type { CallEvent, CallEventData, CallEventType } from '#src/lib/calls/call-event.ts';
import { turnTiming } from '#src/lib/calls/turn-timing.ts';

let seq = 0;
const event = <T extends CallEventType>(type: T, at: number, data: CallEventData<T>): CallEvent =>
  // The union is distributed over its types, which a generic parameter cannot express.
  ({ seq: ++seq, at, recordedAt: '2026-01-01T00:00:00Z', turnId: 't1', type, data }) as CallEvent;

const log = [
  event('caller-speech-ended', 1_100, { ms: 900 }),
  event('model-started', 1_200, { model: 'm', round: 1, prompt: { same: 0, items: [] } }),
  event('turn-committed', 1_450, { text: 'hi', source: 'spoken', confidence: 1, transcriptMs: 220 }),
  event('model-answered', 1_500, {
    model: 'm',
    ms: 300,
    firstTokenMs: 80,
    inputTokens: 90,
    outputTokens: 7,
    toolCalls: 0,
  }),
  event('agent-speech-started', 1_700, { speechId: 's1', text: 'Hello.', kind: 'answer', delayMs: 700 }),
];

test('from the caller’s last sound to the first of the answer, step by step, with what the model read and wrote [B4] [B11]', () => {
  expect(turnTiming(log, 's1')).toEqual({
    marks: [
      { name: 'transcript', ms: 220 },
      { name: 'first-token', ms: 280 },
      { name: 'committed', ms: 450 },
      { name: 'sound', ms: 700 },
    ],
    tokens: { input: 90, output: 7, cost: null },
    rounds: [{ seq: 2, model: 'm', kept: true }],
  });
});

test('a turn costs what all of its rounds do, and is not known where one of them is not', () => {
  const round = (cost?: number) =>
    event('model-answered', 1_600, {
      model: 'm',
      ms: 100,
      firstTokenMs: 80,
      inputTokens: 10,
      outputTokens: 1,
      toolCalls: 0,
      ...(cost === undefined ? {} : { cost }),
    });
  const others = log.filter(({ type }) => type !== 'model-answered');
  expect(turnTiming([...others, round(0.002), round(0.001)], 's1')?.tokens).toEqual({
    input: 20,
    output: 2,
    cost: 0.003,
  });
  expect(turnTiming([...others, round(0.002), round()], 's1')?.tokens?.cost).toBeNull();
});

test('a greeting answers nobody', () => {
  const { turnId: _, ...greeting } = event('agent-speech-started', 10, {
    speechId: 'g',
    text: '',
    kind: 'greeting',
    delayMs: null,
  });
  expect(turnTiming([greeting as CallEvent], 'g')).toBeNull();
});
