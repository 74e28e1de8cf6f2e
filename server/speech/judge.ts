import type { Segment } from 'soundswallower';
import type { Heard } from '#src/server/speech/heard.ts';

/**
 * Says whether the nearest sentence of the grammar is what was said. A grammar always fits something; but the decoder scores
 * every frame against the sound that fits it best, so that a word forced on other sounds, or a silence forced on
 * speech, has a poor score per frame. Without a voice in the sound nothing was said, however well it fits.
 * `confidence` is 1 for a perfect fit and .5 at the border.
 */
export function judge(text: string, segments: readonly Segment[], hasVoice: boolean): Heard {
  const nothing: Heard = { text: '', confidence: null, understood: false };
  const spoken = segments.filter((segment) => segment.t !== '(NULL)');
  const words = spoken.filter((segment) => segment.t !== '<sil>' && !segment.t.startsWith('['));
  if (text === '' || words.length === 0) return nothing;
  const frames = words.reduce((sum, word) => sum + word.d * 100, 0);
  // A short answer has few frames, and its beginning and end are the worst of them.
  const leniency = 1 + 12 / Math.max(25, frames);
  const misfit = Math.max(
    mean(words) / limits.meanMisfit / leniency,
    ...words.map((word) => misfitOf(word) / limits.wordMisfit / leniency),
    ...spoken.filter(isLongSilence).map((silence) => misfitOf(silence) / limits.silenceMisfit),
  );
  const confidence = Math.max(0, 1 - misfit / 2);
  return { text, confidence: Math.round(confidence * 1_000) / 1_000, understood: hasVoice && misfit <= 1 };
}

/** Of the frames' mean scores; measured by testing/measure.ts, see docs/rehearsal.md. */
const limits = { meanMisfit: 38, wordMisfit: 66, silenceMisfit: 78 };

/** Where the decoder hears silence, there should be none of the sounds of speech. */
function isLongSilence(segment: Segment): boolean {
  return segment.t === '<sil>' && segment.d > 0.08;
}

/** Minus the natural logarithm of the score, a frame (10 ms), times 10,000. */
function misfitOf(segment: Segment): number {
  return (-Math.log(Math.max(segment.p, 1e-9)) / Math.max(1, segment.d * 100)) * 10_000;
}

function mean(words: readonly Segment[]): number {
  const frames = words.reduce((sum, word) => sum + Math.max(1, word.d * 100), 0);
  const loss = words.reduce((sum, word) => sum - Math.log(Math.max(word.p, 1e-9)), 0);
  return (loss / frames) * 10_000;
}
