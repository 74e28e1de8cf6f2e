/** Loudness (of 32,768) under which a sample of a synthetic voice is silence. */
const quiet = 300;

/** Cuts the silence that flite puts before every sentence (150 to 220 ms), but for the last 10 ms of it. */
export function trimLeadingSilence(pcm: Int16Array, rate: number): Int16Array {
  const loud = pcm.findIndex((sample) => Math.abs(sample) >= quiet);
  if (loud < 0) return pcm;
  return pcm.slice(Math.max(0, loud - Math.round(rate / 100)));
}
