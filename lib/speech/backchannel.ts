/** Sounds with which a listener says no more than "I am listening". */
const sounds = new Set([
  'uh',
  'huh',
  'mm',
  'hm',
  'hmm',
  'mmm',
  'mhm',
  'mhmm',
  'aha',
  'ah',
  'uhhuh',
  'mmhm',
  'mmhmm',
  'ähm',
  'äh',
]);

/** The same sounds as the recogniser is to know them. */
export const backchannels = ['uh huh', 'mm hm', 'mhm', 'hmm', 'aha'];

/** True for words that are nothing but such sounds: they are no turn, and end no answer. */
export function isBackchannel(text: string): boolean {
  const words = text.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  return words.length > 0 && words.every((word) => sounds.has(word));
}
