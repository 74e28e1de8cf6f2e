import { expect, test } from 'vitest';
import { FramePlacer, type PlacedAudio } from '#src/lib/recording/frame-placer.ts';

const rate = 16_000;
const frameMs = 10;
const frame = () => new Int16Array(160);

/** Where each frame was placed, ms. */
function place(arrivals: number[]): number[] {
  const placer = new FramePlacer({ rate });
  const placed: PlacedAudio[] = arrivals.flatMap((at) => placer.take(frame(), at));
  return [...placed, ...placer.end()].map(({ at }) => at / 16);
}

const steady = (from: number, frames: number) => Array.from({ length: frames }, (_, i) => from + (i + 1) * frameMs);

test('frames that come on time lie side by side, from where the first began', () => {
  expect(place(steady(100, 200))).toEqual(Array.from({ length: 200 }, (_, i) => 100 + i * frameMs));
});

test('frames that wait in a busy process lie where they were spoken', () => {
  const arrivals = steady(0, 200).map((at) => (at > 500 && at < 820 ? 820 : at));
  expect(place(arrivals)).toEqual(Array.from({ length: 200 }, (_, i) => i * frameMs));
});

test('a process that is busy when the track begins moves nothing', () => {
  const arrivals = steady(0, 100).map((at) => Math.max(at, 250));
  expect(place(arrivals)[0]).toBe(0);
});

test('a pause of the track is silence, and what follows lies at its time', () => {
  const placed = place([...steady(0, 50), ...steady(3_000, 50)]);
  expect(placed[49]).toBe(490);
  expect(placed[50]).toBe(3_000);
});

test('jitter of single frames makes no seams', () => {
  const arrivals = steady(0, 500).map((at, i) => at + ((i * 7) % 13));
  const placed = place(arrivals);
  expect(placed.every((at, i) => i === 0 || at - (placed[i - 1] ?? 0) === frameMs)).toBe(true);
  expect(Math.abs((placed[0] ?? 0) - 0)).toBeLessThanOrEqual(13);
});

test('a clock of the sender that runs fast never makes two frames lie over each other', () => {
  const arrivals = Array.from({ length: 2_000 }, (_, i) => (i + 1) * frameMs * 0.98);
  const placer = new FramePlacer({ rate });
  const placed = [...arrivals.flatMap((at) => placer.take(frame(), at)), ...placer.end()];
  let end = Number.NEGATIVE_INFINITY;
  for (const { at, pcm } of placed) {
    expect(at).toBeGreaterThanOrEqual(end);
    end = at + pcm.length;
  }
  expect(end / 16).toBeLessThan(2_000 * frameMs * 0.98 + 21);
});
