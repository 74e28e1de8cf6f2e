/** A stretch in which a side is heard, ms. */
export type Sound = { from: number; to: number };

/** A level above this is a sound on a quiet line. */
const leastLoud = 500;
const mostLoud = 2_000;
/** Pauses inside of words and between them do not end a sound. */
const bridgeMs = 250;
/** Less of it is a click. */
const leastSoundMs = 30;

/** Where a side is heard: what is louder than its line's own noise, with the pauses of speaking in it. */
export function soundsOf(levels: Uint16Array, stepMs: number): Sound[] {
  const loud = threshold(levels);
  const sounds: (Sound & { loudMs: number })[] = [];
  for (const [step, level] of levels.entries()) {
    if (level <= loud) continue;
    const from = step * stepMs;
    const last = sounds.at(-1);
    if (last && from - last.to <= bridgeMs) {
      last.to = from + stepMs;
      last.loudMs += stepMs;
    } else sounds.push({ from, to: from + stepMs, loudMs: stepMs });
  }
  return sounds.filter(({ loudMs }) => loudMs >= leastSoundMs).map(({ from, to }) => ({ from, to }));
}

/** Four times what the line hums with: the level that a tenth of all steps stays below, for nobody speaks without a pause. */
function threshold(levels: Uint16Array): number {
  const hum = levels.toSorted()[Math.floor(levels.length / 10)] ?? 0;
  return Math.min(mostLoud, Math.max(leastLoud, hum * 4));
}
