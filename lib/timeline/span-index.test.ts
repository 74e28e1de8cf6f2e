import { expect, test } from 'vitest';
import { between, lastBefore, spanIndex } from '#src/lib/timeline/span-index.ts';

const spans = [
  { from: 500, to: 900 },
  { from: 0, to: 2_000 },
  { from: 3_000, to: 3_100 },
  { from: 4_000, to: null },
];
const index = spanIndex(spans, (span) => span);
const found = (from: number, to: number) => between(index, from, to).map(({ span }) => span.from);

test('a stretch of the clock has what lies in it, reaches into it or goes on', () => {
  expect(found(600, 700)).toEqual([0, 500]);
  expect(found(950, 2_500)).toEqual([0]);
  expect(found(2_100, 2_900)).toEqual([]);
  expect(found(3_050, 9_000)).toEqual([3_000, 4_000]);
  expect(found(99_000, 99_500)).toEqual([4_000]);
});

test('the last that began before a moment', () => {
  expect(lastBefore(index, -1)).toBeUndefined();
  expect(lastBefore(index, 500)?.span.from).toBe(500);
  expect(lastBefore(index, 3_500)?.span.from).toBe(3_000);
});

test('among 20,000 things a stretch is found in less than a millisecond [C9]', () => {
  const many = spanIndex(
    Array.from({ length: 20_000 }, (_, i) => ({ from: i * 360, to: i * 360 + 200 })),
    (span) => span,
  );
  const began = performance.now();
  for (let i = 0; i < 100; i++) expect(between(many, i * 70_000, i * 70_000 + 60_000).length).toBeGreaterThan(160);
  expect((performance.now() - began) / 100).toBeLessThan(1);
});
