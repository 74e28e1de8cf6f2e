import { expect, test } from 'vitest';
import { silenceBridge, silenceLeftMs } from '#src/server/agent/silence-bridge.ts';

/** A bridge whose clock, sound and sentences the test holds. */
function bridge() {
  const said: string[] = [];
  const state = { sounding: false, now: 0 };
  const made = silenceBridge({
    ledger: {
      get sounding() {
        return state.sounding;
      },
    },
    fillers: { next: (kind) => `${kind} ${said.length}` },
    fillerAfterMs: 120,
    now: () => state.now,
  });
  const caller = new AbortController();
  const reply = { say: (text: string) => void said.push(text), pause: () => {} };
  return { said, state, caller, begin: () => made.begin({ turn: { signal: caller.signal }, reply }) };
}
const soon = () => new Promise((resolve) => setTimeout(resolve, 300));

test('tools that work at the same time are bridged once, and again only later [V8]', () => {
  const { said, state, begin } = bridge();
  const [first, second] = [begin(), begin()];
  first.sayMeanwhile('first');
  second.sayMeanwhile('first');
  expect(said).toEqual(['first 0']);
  state.now = 8_000;
  first.sayMeanwhile('still');
  second.sayMeanwhile('still');
  expect(said).toEqual(['first 0', 'still 1']);
});

test('tools that work one after the other are bridged each [V8]', () => {
  const { said, begin } = bridge();
  const first = begin();
  first.sayMeanwhile('first');
  first.stop();
  first.stop();
  const second = begin();
  second.sayMeanwhile('first');
  expect(said).toHaveLength(2);
});

test('what the agent says is no silence, and nobody is told to wait once there is an answer [V8]', async () => {
  const { said, state, begin } = bridge();
  state.sounding = true;
  const tool = begin();
  tool.sayMeanwhile('first');
  await soon();
  expect(said).toEqual([]);
  state.sounding = false;
  await expect.poll(() => said).toEqual(['first 0']);

  state.sounding = true;
  tool.sayMeanwhile('still');
  tool.stop();
  state.sounding = false;
  await soon();
  expect(said).toEqual(['first 0']);
});

test('a caller who went on talking hears no filler [V8]', () => {
  const { said, caller, begin } = bridge();
  const tool = begin();
  caller.abort();
  tool.sayMeanwhile('first');
  expect(said).toEqual([]);
});

test('the silence runs from the caller’s last sound, and a fast tool keeps its chance [V8]', () => {
  expect(silenceLeftMs({ callerStoppedAt: null }, 700)).toBe(700);
  expect(silenceLeftMs({ callerStoppedAt: Date.now() - 10_000 }, 700)).toBe(250);
  expect(silenceLeftMs({ callerStoppedAt: Date.now() }, 700)).toBe(700);
  const left = silenceLeftMs({ callerStoppedAt: Date.now() - 400 }, 700);
  expect(left).toBeLessThanOrEqual(400);
  expect(left).toBeGreaterThan(300);
});
