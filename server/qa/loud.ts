/** A sample louder than this (of 32,768) is a sound; the noise floor of an empty track is far below. */
export const loud = 500;

/** Length of the silence at the end of a clip of 16 kHz, ms: synthetic voices end their sentences with some. */
export function silentTailMs(pcm: Int16Array): number {
  const last = pcm.findLastIndex((sample) => sample > loud || sample < -loud);
  return (pcm.length - 1 - last) / 16;
}
