import { expect, test } from 'vitest';
import { deadAirMs, heardFigures } from '#src/lib/latency/heard-figures.ts';
import { LevelReader } from '#src/lib/latency/sound-levels.ts';

const rate = 16_000;
type Said = [side: 'caller' | 'agent', from: number, to: number];

/** A recording of tones at known places, with a hum on the caller's line, ms. */
function recording(lengthMs: number, said: Said[], hum = 40): LevelReader {
  const pcm = new Int16Array(lengthMs * 16 * 2);
  let seed = 1;
  for (let i = 0; i < pcm.length; i += 2) {
    seed = (seed * 16_807) % 2_147_483_647;
    pcm[i] = ((seed % 2_001) / 1_000 - 1) * hum;
  }
  for (const [side, from, to] of said)
    for (let i = from * 16; i < to * 16; i++)
      // A voice: a tone whose loudness goes up and down, with short pauses in it.
      pcm[i * 2 + (side === 'caller' ? 0 : 1)] = 9_000 * Math.sin(i * 0.11) * (0.6 + 0.4 * Math.cos(i / 900));
  const reader = new LevelReader(rate);
  // Pieces as a file is read: of any length.
  for (let at = 0; at < pcm.length; at += 7_778) reader.take(pcm.subarray(at, at + 7_778));
  return reader;
}

const figures = (lengthMs: number, said: Said[], hum?: number, options?: Parameters<typeof heardFigures>[1]) =>
  heardFigures(recording(lengthMs, said, hum).levels(), options);
const within = (ms: number) => ({ from: ms - 20, to: ms + 20 });
function expectNear(value: number | undefined, ms: number) {
  expect(value).toBeGreaterThanOrEqual(within(ms).from);
  expect(value).toBeLessThanOrEqual(within(ms).to);
}

const call: Said[] = [
  ['agent', 400, 2_000],
  ['caller', 3_100, 4_333],
  ['agent', 5_070, 6_000],
  ['agent', 6_900, 7_500],
  ['caller', 9_000, 9_400],
  ['caller', 9_900, 10_700],
  ['agent', 15_210, 17_000],
];

test('waits for answers are measured from the last sound to the first, within 20 ms [B4]', () => {
  const { replies } = figures(20_000, call);
  expect(replies).toHaveLength(2);
  expectNear(replies[0]?.at, 5_070);
  expectNear(replies[0]?.ms, 737);
  expectNear(replies[1]?.ms, 4_510);
});

test('dead air is the silence that the agent owes an answer in, the longest silence is anybody’s [B4]', () => {
  const heard = figures(24_000, [...call, ['caller', 22_000, 22_500]]);
  expect(heard.deadAir).toHaveLength(1);
  expectNear(heard.deadAir[0]?.from, 10_700);
  expectNear(heard.deadAir[0]?.to, 15_210);
  expectNear(heard.longestSilenceMs, 5_000);
});

test('a question that nobody answers before the end is dead air; a goodbye is not [B4]', () => {
  expect(figures(4_400 + deadAirMs, [['caller', 3_100, 4_333]]).deadAir).toHaveLength(1);
  expect(figures(4_200 + deadAirMs, [['caller', 3_100, 4_333]]).deadAir).toHaveLength(0);
});

test('a silence while a tool runs is dead air though the agent spoke last, a caller who thinks is none [B4]', () => {
  const said: Said[] = [
    ['caller', 500, 1_500],
    ['agent', 2_000, 3_000],
    ['agent', 9_000, 10_000],
  ];
  expect(figures(11_000, said).deadAir).toEqual([]);
  expect(figures(11_000, said, 40, { working: [{ from: 1_600, to: 8_500 }] }).deadAir).toHaveLength(1);
});

test('whoever comes and is not greeted hears dead air [B4]', () => {
  expect(figures(9_000, [['agent', 6_000, 7_000]], 40, { callerFrom: 500 }).deadAir).toHaveLength(1);
  expect(figures(9_000, [['agent', 2_000, 7_000]], 40, { callerFrom: 500 }).deadAir).toEqual([]);
});

test('talking at once and the shares of talking are measured [B4]', () => {
  const heard = figures(10_000, [
    ['agent', 1_000, 5_000],
    ['caller', 4_000, 6_500],
  ]);
  expectNear(heard.talkOverMs, 1_000);
  expectNear(heard.agentMs, 4_000);
  expectNear(heard.callerMs, 2_500);
  expect(heard.replies).toEqual([]);
});

test('a loud hum on the line and clicks are no speech [B4]', () => {
  const { replies, callerMs } = figures(20_000, [...call, ['caller', 12_000, 12_010]], 400);
  expectNear(replies[0]?.ms, 737);
  expectNear(replies[1]?.ms, 4_510);
  expectNear(callerMs, 2_433);
});

test('silence is a recording too', () => {
  expect(figures(3_000, [], 0)).toEqual({
    replies: [],
    deadAir: [],
    longestSilenceMs: 0,
    talkOverMs: 0,
    callerMs: 0,
    agentMs: 0,
  });
});
