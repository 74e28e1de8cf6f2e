import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { QuestionAnswer } from '#src/server/mcp/mcp-session.ts';
import { personClock } from '#src/server/mcp/person-clock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const question = { message: 'Which size?', schema: {} };

test('the time that a person thinks is not the server’s', async () => {
  const clock = personClock(1_000, undefined);
  await vi.advanceTimersByTimeAsync(400);
  const answer = Promise.withResolvers<QuestionAnswer>();
  const asked = clock.pausing(() => answer.promise)(question, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(60_000);
  expect([clock.signal.aborted, clock.workedMs()]).toEqual([false, 400]);
  answer.resolve({ action: 'accept' });
  await asked;
  await vi.advanceTimersByTimeAsync(599);
  expect(clock.signal.aborted).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(clock.signal.reason).toMatchObject({ code: 'timed-out', message: 'The server did not answer within 1 s.' });
});

test('of two open questions the last one answered sets the clock going', async () => {
  const clock = personClock(1_000, undefined);
  const [one, other] = [Promise.withResolvers<QuestionAnswer>(), Promise.withResolvers<QuestionAnswer>()];
  const { signal } = new AbortController();
  const first = clock.pausing(() => one.promise)(question, signal);
  const second = clock.pausing(() => other.promise)(question, signal);
  one.resolve({ action: 'decline' });
  await first;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(clock.signal.aborted).toBe(false);
  other.resolve({ action: 'decline' });
  await second;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(clock.signal.aborted).toBe(true);
});

test('a cancel reaches an open question', async () => {
  const cancel = new AbortController();
  const clock = personClock(1_000, cancel.signal);
  const seen = Promise.withResolvers<unknown>();
  void clock.pausing((_, signal) => {
    signal.addEventListener('abort', () => seen.resolve(signal.reason));
    return new Promise(() => {});
  })(question, new AbortController().signal);
  cancel.abort('by the person');
  expect(await seen.promise).toBe('by the person');
  clock.stop();
});
