import type { Segment } from 'soundswallower';
import type { Heard } from '#src/server/speech/heard.ts';

/**
 * Says whether the nearest sentence of the grammar is what was said. A grammar always fits something; but the decoder scores
 * every frame against the sound that fits it best, so that a word forced on other sounds has a poor score per frame. (The
 * silence round the words tells nothing: on a line it is full of noise.) Without a voice in the sound nothing was said, however well it fits.
 * `confidence` is 1 for a perfect fit and .5 at the border.
 */
export function judge(text: string, segments: readonly Segment[], hasVoice: boolean): Heard {
  const nothing: Heard = { text: '', confidence: null, understood: false };
  const words = segments.filter(({ t }) => t !== '(NULL)' && t !== '<sil>' && !t.startsWith('['));
  if (text === '' || words.length === 0) return nothing;
  const frames = words.reduce((sum, word) => sum + word.d * 100, 0);
  // A short answer has few frames, and its beginning and end are the worst of them.
  const leniency = 1 + 12 / Math.max(25, frames);
  const misfit = Math.max(
    mean(words) / limits.meanMisfit / leniency,
    ...words.map((word) => misfitOf(word) / limits.wordMisfit / leniency),
  );
  const confidence = Math.max(0, 1 - misfit / 2);
  return {
    text,
    confidence: Math.round(confidence * 1_000) / 1_000,
    understood: hasVoice && misfit <= 1,
    ...(text.split(' ').length === words.length ? { wordsAt: words.map(({ b }) => Math.round(b * 1_000)) } : {}),
  };
}

/** Of the frames' mean scores; measured by testing/measure.ts, see docs/rehearsal.md. */
const limits = { meanMisfit: 42, wordMisfit: 72 };

/** Minus the natural logarithm of the score, a frame (10 ms), times 10,000. */
function misfitOf(segment: Segment): number {
  return (-Math.log(Math.max(segment.p, 1e-9)) / Math.max(1, segment.d * 100)) * 10_000;
}

function mean(words: readonly Segment[]): number {
  const frames = words.reduce((sum, word) => sum + Math.max(1, word.d * 100), 0);
  const loss = words.reduce((sum, word) => sum - Math.log(Math.max(word.p, 1e-9)), 0);
  return (loss / frames) * 10_000;
}
