import { expect, test } from 'vitest';
import { peaksOf } from '#src/lib/recording/peaks.ts';

test('a short call is drawn in steps of 20 ms, two hours in steps that can still be sent', () => {
  const levels = (ms: number) => new Uint16Array(ms / 5).fill(16_384);
  const short = peaksOf({ stepMs: 5, caller: levels(1_000), agent: levels(1_000) });
  expect(short.stepMs).toBe(20);
  expect(short.caller).toEqual(Array.from({ length: 50 }, () => 128));
  const long = peaksOf({ stepMs: 5, caller: levels(7_200_000), agent: levels(7_200_000) });
  expect(long.caller.length).toBeLessThanOrEqual(150_000);
  expect(long.caller.length * long.stepMs).toBeGreaterThanOrEqual(7_200_000);
});

test('the loudest sample of a step counts, none is beyond 255', () => {
  const caller = Uint16Array.of(0, 32_768, 5, 0, 0, 0, 0, 0, 300);
  expect(peaksOf({ stepMs: 5, caller, agent: caller }).caller).toEqual([255, 0, 2]);
});
