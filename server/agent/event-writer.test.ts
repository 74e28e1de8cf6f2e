import { expect, test } from 'vitest';
import { AppError } from '#src/lib/app-error.ts';
import type { NewCallEvent } from '#src/lib/calls/call-event.ts';
import { startClock } from '#src/server/agent/call-clock.ts';
import { EventWriter } from '#src/server/agent/event-writer.ts';

function log(fails: (event: NewCallEvent) => Error | null = () => null) {
  const written: NewCallEvent[] = [];
  const problems: string[] = [];
  let overflowed = 0;
  const append = async (event: NewCallEvent) => {
    await new Promise((resolve) => setImmediate(resolve));
    const error = fails(event);
    if (error) throw error;
    return written.push(event);
  };
  const writer = new EventWriter({
    clock: startClock(),
    append,
    onOverflow: () => overflowed++,
    onProblem: (code) => problems.push(code),
    limit: 5,
    retryMs: { first: 5, most: 10 },
  });
  return { writer, written, problems, overflowed: () => overflowed };
}

test('events land in the order they were written, each with its own id and time', async () => {
  const { writer, written } = log();
  writer.write('caller-speech-started', {}, { turnId: 't1' });
  writer.write('caller-speech-ended', { ms: 900 }, { turnId: 't1', at: 1234 });
  expect(await writer.drained(1000)).toBe(true);
  expect(written.map((event) => event.type)).toEqual(['caller-speech-started', 'caller-speech-ended']);
  expect(written[1]?.at).toBe(1234);
  expect(new Set(written.map((event) => event.id)).size).toBe(2);
});

test('while the log is away events wait, and its absence is told afterwards', async () => {
  let away = true;
  const { writer, written, problems } = log(() => (away ? new Error('connection refused') : null));
  writer.write('caller-speech-started', {});
  writer.write('caller-speech-ended', { ms: 1 });
  expect(await writer.writeThrough('caller-speech-started', {}, {}, 30)).toBe(false);
  expect(writer.reachable).toBe(false);
  expect(await writer.writeThrough('caller-speech-started', {}, {}, 10_000)).toBe(false);
  away = false;
  expect(await writer.drained(1000)).toBe(true);
  expect(written.map((event) => event.type).at(-1)).toBe('log-delayed');
  expect(written).toHaveLength(5);
  expect(problems).toEqual(['log-unreachable']);
  expect(writer.reachable).toBe(true);
});

test('an event that the log refuses does not block the others', async () => {
  const { writer, written, problems } = log((event) =>
    event.type === 'caller-left' ? new AppError('bad-event', 'No.') : null,
  );
  writer.write('caller-left', { graceMs: 1 });
  writer.write('caller-speech-started', {});
  await writer.drained(1000);
  expect(written.map((event) => event.type)).toEqual(['caller-speech-started']);
  expect(problems).toEqual(['event-refused']);
});

test('the buffer is bounded and says once that it is full', async () => {
  let away = true;
  const { writer, written, overflowed } = log(() => (away ? new Error('gone') : null));
  for (let i = 0; i < 9; i++) writer.write('caller-speech-started', {});
  expect(overflowed()).toBe(1);
  away = false;
  await writer.drained(1000);
  expect(written.filter((event) => event.type === 'caller-speech-started')).toHaveLength(5);
});
