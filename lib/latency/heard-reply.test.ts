import { expect, test } from 'vitest';
import { heardReply } from '#src/lib/latency/heard-reply.ts';

const heard = {
  replies: [
    { at: 5_000, ms: 700 },
    { at: 36_500, ms: 8_120 },
  ],
  deadAir: [],
  longestSilenceMs: 0,
  talkOverMs: 0,
  callerMs: 0,
  agentMs: 0,
};

test('a turn has the wait that was heard before its first sound, however late that came [B4]', () => {
  expect(heardReply(heard, { from: 5_040, to: 7_000 })).toBe(700);
  expect(heardReply(heard, { from: 32_000, to: 44_600 })).toBe(8_120);
  expect(heardReply(heard, { from: 32_000, to: null })).toBe(8_120);
});

test('a turn that nobody waited for has none, nor has a call without a recording [B4]', () => {
  expect(heardReply(heard, { from: 8_000, to: 12_000 })).toBeNull();
  expect(heardReply(null, { from: 5_040, to: 7_000 })).toBeNull();
});
