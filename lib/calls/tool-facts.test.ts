import { expect, test } from 'vitest';
import { type CallEvent, parseCallEvent } from '#src/lib/calls/call-event.ts';
import { toolFacts } from '#src/lib/calls/tool-facts.ts';

const names = { serverId: 's', serverName: 'Till', tool: 'count' };
const event = (type: string, data: object): CallEvent =>
  parseCallEvent({ seq: 1, at: 0, recordedAt: '', toolCallId: 'c1', type, data: { ...names, ...data } });
const started = (more = {}) => event('tool-started', { arguments: {}, effect: 'read', ...more });
const succeeded = (more = {}) => event('tool-succeeded', { ms: 5, answer: '7', content: [], ...more });
const plain = { sent: 1, cached: false, repeated: false, chars: null, tokens: null, filterProblem: null };

test('a log from before these facts reads as one plain call', () => {
  expect(toolFacts({ events: [started(), succeeded()] })).toEqual(plain);
  expect(toolFacts({ events: [event('tool-failed', { ms: 0, code: 'x', message: 'x' })] })).toEqual({
    ...plain,
    sent: 0,
  });
});

test('tries, kept answers, repeats and sizes are read from the log [V13] [K7] [X6]', () => {
  expect(toolFacts({ events: [started(), succeeded({ attempts: 3, rawChars: 90, shapedChars: 9 })] })).toEqual({
    ...plain,
    sent: 3,
    chars: { raw: 90, shaped: 9 },
  });
  const measured = event('tool-measured', { rawTokens: 30, shapedTokens: 3 });
  expect(toolFacts({ events: [started(), succeeded(), measured] })).toEqual({
    ...plain,
    tokens: { raw: 30, shaped: 3 },
  });
  expect(toolFacts({ events: [started(), succeeded({ cached: true })] })).toEqual({ ...plain, sent: 0, cached: true });
  expect(toolFacts({ events: [started({ repeatOf: 'c0' }), succeeded()] })).toMatchObject({ sent: 0, repeated: true });
  expect(toolFacts({ events: [started(), succeeded({ filterProblem: 'too-slow' })] })).toMatchObject({
    filterProblem: 'too-slow',
  });
});
