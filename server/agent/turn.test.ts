import { expect, test } from 'vitest';
import { newHandle } from '#src/server/agent/testing/new-handle.ts';
import { NotCommitted, Turn } from '#src/server/agent/turn.ts';

const begin = () => new Turn({ handle: newHandle({ scheduled: false }), text: 'hello', source: 'spoken' });

test('no tool passes the gate before the commit, and all do after it [V13]', async () => {
  const turn = begin();
  let passed = false;
  const waiting = turn.gate().then(() => {
    passed = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(passed).toBe(false);
  turn.commit();
  await waiting;
  await turn.gate();
});

test('a turn that is dropped never lets a tool through', async () => {
  const turn = begin();
  const waiting = turn.gate();
  turn.handle._cancel();
  await expect(waiting).rejects.toThrow(NotCommitted);
  expect(turn.signal.aborted).toBe(true);
  turn.commit();
  await expect(turn.gate()).rejects.toThrow(NotCommitted);
});

test('what a guess did is told only when it counted, and in order', () => {
  const told: string[] = [];
  const counted = begin();
  counted.tell(() => told.push('first'));
  counted.tell(() => told.push('second'));
  expect(told).toEqual([]);
  counted.commit();
  counted.tell(() => told.push('third'));
  const dropped = begin();
  dropped.tell(() => told.push('never'));
  dropped.stop();
  expect(told).toEqual(['first', 'second', 'third']);
});
