import { expect, test } from 'vitest';
import { StereoBuffer } from '#src/lib/recording/stereo-buffer.ts';

test('both sides lie beside each other, silence where nothing came', () => {
  const buffer = new StereoBuffer(10);
  buffer.put('caller', 1, Int16Array.of(5, 6));
  buffer.put('agent', 2, Int16Array.of(-7));
  expect([...buffer.take(4)]).toEqual([0, 0, 5, 0, 6, -7, 0, 0]);
  expect(buffer.taken).toBe(4);
});

test('what comes too late or too early is left out and counted, what lies before the beginning is not', () => {
  const buffer = new StereoBuffer(4);
  buffer.put('agent', -2, Int16Array.of(1, 2, 3));
  expect(buffer.lost).toBe(0);
  expect([...buffer.take(2)]).toEqual([0, 3, 0, 0]);
  buffer.put('caller', 1, Int16Array.of(9, 9));
  buffer.put('caller', 5, Int16Array.of(4, 4));
  expect(buffer.lost).toBe(2);
  expect([...buffer.take(6)]).toEqual([9, 0, 0, 0, 0, 0, 4, 0]);
});

test('two tracks of a side are added, not beyond what a sample holds', () => {
  const buffer = new StereoBuffer(4);
  buffer.put('caller', 0, Int16Array.of(30_000, 10));
  buffer.put('caller', 0, Int16Array.of(30_000, 20));
  expect([...buffer.take(2)]).toEqual([32_767, 0, 30, 0]);
});
