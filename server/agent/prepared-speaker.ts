import type { Speaker } from '#src/server/agent/speaker.ts';

/**
 * A speaker that keeps certain sentences ready, so that they are heard at once, and also when speech cannot be made any
 * more. `prepare` fetches them; a sentence that could not be fetched is simply not ready.
 */
export function preparedSpeaker(speaker: Speaker): Speaker & { prepare(texts: readonly string[]): Promise<void> } {
  const clips = new Map<string, Int16Array[]>();
  return {
    sampleRate: speaker.sampleRate,
    async *speak(text, signal) {
      const clip = clips.get(text);
      if (clip) yield* clip;
      else yield* speaker.speak(text, signal);
    },
    async prepare(texts) {
      for (const text of new Set(texts)) {
        try {
          const clip = await Array.fromAsync(speaker.speak(text, AbortSignal.timeout(20_000)));
          if (clip.length > 0) clips.set(text, clip);
        } catch {
          // Speech is away just now; the sentence is made when it is needed.
        }
      }
    },
  };
}
