import { expect, test } from 'vitest';
import { TurnAudio } from '#src/server/agent/turn-audio.ts';

const second = new Int16Array(16_000).fill(1000);
const length = (turn: TurnAudio) => turn.whole().reduce((sum, pcm) => sum + pcm.length, 0);

test('pieces are kept with a short pause between them', () => {
  const turn = new TurnAudio();
  turn.begin();
  turn.add(second);
  turn.begin();
  turn.add(second);
  expect(turn.segments).toBe(2);
  expect(length(turn)).toBe(16_000 * 2 + 4_000);
});

test('the moment of a sound is that of its piece', () => {
  const turn = new TurnAudio();
  turn.begin();
  turn.add(second);
  expect(turn.momentOf(300, 'piece')).toBeNull();
  turn.beganAt(10_000);
  turn.begin();
  turn.add(second);
  turn.beganAt(15_000);
  expect([turn.momentOf(300, 'whole'), turn.momentOf(300, 'piece')]).toEqual([10_300, 15_300]);
  // Half a second into the second piece, which comes a quarter of a second after the first one's second.
  expect([turn.momentOf(1_750, 'whole'), turn.momentOf(1_200, 'whole')]).toEqual([15_500, 15_000]);
});

test('what is far too long is not kept, and forgetting is whole', () => {
  const turn = new TurnAudio();
  turn.begin();
  for (let n = 0; n < 60; n++) turn.add(second);
  expect(length(turn)).toBeLessThanOrEqual(16_000 * 20);
  turn.forget();
  expect([turn.segments, length(turn)]).toEqual([0, 0]);
});
