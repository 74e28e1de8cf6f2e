/** Linear interpolation between two rates (Hz): good enough for voices of 8 to 48 kHz going into a recogniser. */
export function resample(pcm: Int16Array, from: number, to: number): Int16Array {
  if (from === to) return pcm;
  const out = new Int16Array(Math.floor((pcm.length * to) / from));
  for (let i = 0; i < out.length; i++) {
    const place = (i * from) / to;
    const left = Math.floor(place);
    const a = pcm[left] ?? 0;
    const b = pcm[left + 1] ?? a;
    out[i] = a + (b - a) * (place - left);
  }
  return out;
}
