import { expect, test } from 'vitest';
import { fitWindow, followWindow, panWindow, revealInWindow, ticks, zoomWindow } from '#src/lib/timeline/window.ts';

test('zooming leaves the moment under the pointer where it was', () => {
  const before = { from: 10_000, length: 40_000 };
  const after = zoomWindow(before, 0.5, 20_000);
  const place = (w: typeof before) => (20_000 - w.from) / w.length;
  expect(after.length).toBe(20_000);
  expect(place(after)).toBeCloseTo(place(before));
  expect(zoomWindow(before, 0.000_1, 20_000).length).toBe(2_000);
});

test('panning stops at the start and at the end', () => {
  const window = { from: 5_000, length: 10_000 };
  expect(panWindow(window, -60_000, 90_000).from).toBe(0);
  expect(panWindow(window, 600_000, 90_000).from).toBe(85_000);
});

test('following keeps now in view, and starts only when the call has grown that far', () => {
  const window = fitWindow(0);
  expect(followWindow(window, 4_000)).toEqual(window);
  const later = followWindow(window, 100_000);
  expect((100_000 - later.from) / later.length).toBeCloseTo(0.8);
});

test('what is chosen comes into view, what is in view stays', () => {
  const window = { from: 0, length: 10_000 };
  expect(revealInWindow(window, 5_000)).toBe(window);
  expect(revealInWindow(window, 50_000).from).toBeGreaterThan(40_000);
  expect(revealInWindow({ from: 40_000, length: 10_000 }, 1_000).from).toBeLessThan(1_000);
});

test('ticks are round and few', () => {
  expect(ticks({ from: 0, length: 96_000 })).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90].map((s) => s * 1000));
  expect(ticks({ from: 3_200, length: 4_000 })[0]).toBe(3_500);
});
