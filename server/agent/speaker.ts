import type { SpeechLink } from '#src/server/speech/speech-link.ts';

/** Makes speech of text: 16-bit mono PCM at `sampleRate`, as it is made. */
export type Speaker = {
  sampleRate: number;
  /** Throws AppError when speech cannot be made; ends early without an error when `signal` is aborted. */
  speak(text: string, signal: AbortSignal): AsyncIterable<Int16Array>;
};

/** The voices that ship with Patchbay. */
export function rehearsalSpeaker(link: SpeechLink, voice: string): Speaker {
  return { sampleRate: 16_000, speak: (text, signal) => link.synth(text, voice, { signal }) };
}
