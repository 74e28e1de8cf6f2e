/** A sample louder than this (of 32,768) is a sound; the noise floor of an empty track is far below. */
export const loud = 500;

/** Length of the silence at the end of a clip of 16 kHz, ms: synthetic voices end their sentences with some. */
export function silentTailMs(pcm: Int16Array): number {
  const last = pcm.findLastIndex((sample) => sample > loud || sample < -loud);
  return (pcm.length - 1 - last) / 16;
}

/** Length of the silence at the beginning of a clip of 16 kHz, ms. */
export function firstLoudMs(pcm: Int16Array): number {
  return (
    Math.max(
      0,
      pcm.findIndex((sample) => sample > loud || sample < -loud),
    ) / 16
  );
}
