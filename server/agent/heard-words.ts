/** One sentence as it was synthesised: its words and how long its audio is. */
export type SpokenSentence = { text: string; audioMs: number };

/**
 * Splits what the agent said at the moment the caller cut it off. Words are taken to be spread over the audio of
 * their sentence by length; a word counts as heard once all of it was played.
 */
export function splitHeard(sentences: readonly SpokenSentence[], playedMs: number): { heard: string; unheard: string } {
  const heard: string[] = [];
  const unheard: string[] = [];
  let startMs = 0;
  for (const { text, audioMs } of sentences) {
    const words = text.split(/\s+/).filter(Boolean);
    const letters = words.reduce((sum, word) => sum + word.length + 1, 0);
    let seen = 0;
    for (const word of words) {
      seen += word.length + 1;
      const endMs = startMs + (audioMs * seen) / letters;
      (audioMs > 0 && endMs <= playedMs + toleranceMs && unheard.length === 0 ? heard : unheard).push(word);
    }
    startMs += audioMs;
  }
  return { heard: heard.join(' '), unheard: unheard.join(' ') };
}

/** The silence that ends a clip belongs to no word. */
const toleranceMs = 60;
