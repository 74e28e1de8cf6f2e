import { sampleRate } from '#src/server/speech/protocol.ts';

/** A repeatable stream of numbers from -1 to 1 (mulberry32). */
export function randomStream(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2_147_483_648 - 1;
  };
}

/** Sounds that are no speech, each 0.8 to 2.5 s at 16 kHz: what a microphone picks up between sentences. */
export function noises(): { name: string; pcm: Int16Array }[] {
  return [0.6, 1.2, 2.2].flatMap((seconds, round) => {
    const random = randomStream(round + 1);
    const clip = (name: string, sample: (second: number, i: number) => number) => ({
      name: `${name}, ${seconds} s`,
      pcm: Int16Array.from(
        { length: seconds * sampleRate },
        (_, i) => 32_767 * Math.max(-1, Math.min(1, sample(i / sampleRate, i))),
      ),
    });
    const sine = (hertz: number, second: number): number => Math.sin(2 * Math.PI * hertz * second);
    let pink = 0;
    let brown = 0;
    let burst = 0;
    return [
      clip('white noise', () => 0.2 * random()),
      clip('faint white noise', () => 0.01 * random()),
      clip('pink noise', () => {
        pink = 0.95 * pink + 0.08 * random();
        return pink;
      }),
      clip('brown noise', () => {
        brown = 0.995 * brown + 0.03 * random();
        return brown;
      }),
      clip('a tone of 440 Hz', (second) => 0.3 * sine(440, second)),
      clip('a tone of 1 kHz', (second) => 0.2 * sine(1_000, second)),
      clip('mains hum', (second) => 0.2 * (sine(50, second) + sine(100, second) / 2 + sine(150, second) / 3)),
      clip(
        'humming',
        (second) =>
          0.15 * [1, 2, 3, 4, 5].reduce((sum, n) => sum + sine(n * (140 + 20 * sine(1.5, second)), second) / n, 0),
      ),
      clip('a sweep', (second) => 0.3 * sine(200 + 900 * second, second)),
      clip(
        'a chord',
        (second) => 0.1 * (sine(262, second) + sine(330, second) + sine(392, second) + sine(523, second)),
      ),
      clip('applause', (_, i) => {
        if (i % 400 === 0) burst = Math.abs(random());
        burst *= 0.994;
        return burst * random();
      }),
      clip('typing', (second) => (second % 0.19 < 0.012 ? 0.5 * random() : 0.004 * random())),
      clip('a knock', (second) =>
        second % 0.55 < 0.05
          ? 0.6 * sine(120, second) * Math.exp(-60 * (second % 0.55)) + 0.1 * random()
          : 0.003 * random(),
      ),
      clip('breathing', (second) => 0.06 * random() * Math.abs(sine(0.4, second))),
    ];
  });
}

/** Several voices at once, as in a full room. */
export function babble(voices: readonly Int16Array[]): Int16Array {
  const length = Math.max(...voices.map((voice) => voice.length));
  return Int16Array.from({ length }, (_, i) => voices.reduce((sum, voice) => sum + (voice[i] ?? 0), 0) / voices.length);
}
