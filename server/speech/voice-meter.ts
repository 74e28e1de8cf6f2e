/** Every fourth sample is looked at: pitch needs no more. */
const step = 4;
const rate = 16_000 / step;
const window = Math.round(rate * 0.032);
const hop = Math.round(rate * 0.01);
const shortestLag = Math.floor(rate / 400);
const longestLag = Math.ceil(rate / 70);
/** Correlation of a frame with itself one pitch period later, from which on it counts as voiced. */
const voicedFrom = 0.55;
/** Frames (10 ms) in a row that the shortest word with a vowel has. */
const shortestVowel = 7;
/** Speech changes its loudness all the time; tones, hums and whistles do not. */
const steadyDb = 0.9;

type Frame = { energy: number; periodic: number };

/**
 * Listens for what every spoken sentence has and most noises lack: a vowel, that is a tone of a voice's pitch that lasts, and
 * that is not steady. The recogniser alone cannot tell: silence with a hiss fits the word "yes" quite well.
 */
export class VoiceMeter {
  readonly #frames: Frame[] = [];
  #kept: number[] = [];
  #sum = 0;
  #count = 0;
  #before = 0;
  #passed = 0;

  /** Takes 16 kHz mono in pieces of any length. */
  add(pcm: Int16Array): void {
    for (const sample of pcm) {
      this.#sum += sample;
      this.#count += 1;
      if (this.#count < step) continue;
      this.#kept.push(this.#withoutRumble(this.#sum / step));
      this.#sum = 0;
      this.#count = 0;
    }
    const needed = window + longestLag;
    let at = 0;
    for (; at + needed <= this.#kept.length; at += hop) this.#frames.push(frameOf(this.#kept, at));
    this.#kept = this.#kept.slice(at);
  }

  /** A high pass at about 100 Hz: rumble looks as regular as a voice. */
  #withoutRumble(sample: number): number {
    this.#passed = sample - this.#before + 0.85 * this.#passed;
    this.#before = sample;
    return this.#passed;
  }

  /** Is there a voice in what was heard so far? */
  hasVoice(): boolean {
    const loudest = this.#frames.reduce((most, frame) => Math.max(most, frame.energy), 0);
    const floor = Math.max(40 ** 2, loudest / 200);
    const isVoiced = (frame: Frame): boolean => frame.energy >= floor && frame.periodic >= voicedFrom;
    let run = 0;
    let longest = 0;
    for (const frame of this.#frames) {
      run = isVoiced(frame) ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest >= shortestVowel && isUnsteady(this.#frames.filter(isVoiced));
  }
}

/** A single short word may well be steady; half a second of a voice is not. */
function isUnsteady(voiced: readonly Frame[]): boolean {
  return voiced.length < 45 || spreadDb(voiced) >= steadyDb;
}

function frameOf(samples: readonly number[], at: number): Frame {
  let mean = 0;
  for (let i = at; i < at + window; i++) mean += samples[i] ?? 0;
  mean /= window;
  let energy = 0;
  for (let i = at; i < at + window; i++) energy += ((samples[i] ?? 0) - mean) ** 2;
  if (energy === 0) return { energy: 0, periodic: 0 };
  let periodic = 0;
  for (let lag = shortestLag; lag <= longestLag; lag++) {
    let cross = 0;
    let later = 0;
    for (let i = at; i < at + window; i++) {
      const shifted = (samples[i + lag] ?? 0) - mean;
      cross += ((samples[i] ?? 0) - mean) * shifted;
      later += shifted ** 2;
    }
    if (later > 0) periodic = Math.max(periodic, cross / Math.sqrt(energy * later));
  }
  return { energy: energy / window, periodic };
}

/** Standard deviation of the loudness, in decibels; the middle 80 %, so that beginning and end of a tone do not count. */
function spreadDb(frames: readonly Frame[]): number {
  const levels = frames.map((frame) => 10 * Math.log10(frame.energy + 1)).sort((a, b) => a - b);
  const middle = levels.slice(Math.floor(levels.length * 0.1), Math.ceil(levels.length * 0.9));
  if (middle.length === 0) return 0;
  const mean = middle.reduce((sum, level) => sum + level, 0) / middle.length;
  return Math.sqrt(middle.reduce((sum, level) => sum + (level - mean) ** 2, 0) / middle.length);
}
