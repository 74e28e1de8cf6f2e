import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ToolProgress } from '#src/server/mcp/mcp-session.ts';
import { throttleProgress } from '#src/server/mcp/throttle-progress.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

test('progress comes at most four times a second, and the last one wins [V8]', () => {
  const seen: ToolProgress[] = [];
  const { told } = throttleProgress((progress) => seen.push(progress));
  for (let i = 1; i <= 100; i++) {
    told({ progress: i, total: 100 });
    vi.advanceTimersByTime(10);
  }
  vi.advanceTimersByTime(1_000);
  expect(seen.length).toBeLessThanOrEqual(6);
  expect(seen.at(0)).toEqual({ progress: 1, total: 100 });
  expect(seen.at(-1)).toEqual({ progress: 100, total: 100 });
});

test('progress comes at most fifty times a call, with few words, and not after the answer [V8]', () => {
  const seen: ToolProgress[] = [];
  const { told, stop } = throttleProgress((progress) => seen.push(progress));
  for (let i = 0; i < 100; i++) {
    told({ progress: i, message: 'x'.repeat(10_000) });
    vi.advanceTimersByTime(300);
  }
  expect(seen).toHaveLength(50);
  expect(seen[0]?.message).toHaveLength(200);

  const short: ToolProgress[] = [];
  const other = throttleProgress((progress) => short.push(progress));
  other.told({ progress: 1 });
  other.told({ progress: 2 });
  other.stop();
  other.told({ progress: 3 });
  vi.advanceTimersByTime(1_000);
  expect(short).toEqual([{ progress: 1 }]);
  stop();
});

test('where the last one is wanted, it is told at the end [C6]', () => {
  const seen: ToolProgress[] = [];
  const { told, stop } = throttleProgress((progress) => seen.push(progress), { flush: true });
  told({ progress: 1 });
  told({ progress: 2 });
  stop();
  expect(seen).toEqual([{ progress: 1 }, { progress: 2 }]);
});
