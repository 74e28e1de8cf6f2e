import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SilenceWatch } from '#src/server/agent/silence-watch.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watch() {
  const told: string[] = [];
  const silence = new SilenceWatch({ silenceMs: 1000, ask: () => told.push('asked'), end: () => told.push('ended') });
  return { silence, told };
}

test('a silence is asked about, and as long again ends the call', () => {
  const { silence, told } = watch();
  silence.quiet();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['asked']);
  silence.busy();
  silence.quiet();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['asked', 'ended']);
});

test('what the caller does begins anew, what the agent does only waits', () => {
  const { silence, told } = watch();
  silence.quiet();
  vi.advanceTimersByTime(1000);
  silence.callerActed();
  silence.quiet();
  vi.advanceTimersByTime(1000);
  expect(told).toEqual(['asked', 'asked']);
});

test('repeated quiet does not lengthen the wait', () => {
  const { silence, told } = watch();
  silence.quiet();
  vi.advanceTimersByTime(600);
  silence.quiet();
  vi.advanceTimersByTime(400);
  expect(told).toEqual(['asked']);
});
