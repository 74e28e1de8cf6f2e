import type { Speaker } from '#src/server/agent/speaker.ts';

/**
 * A speaker that keeps certain sentences ready, so that they are heard at once, and also when speech cannot be made any
 * more. `prepare` fetches them; a sentence that could not be fetched is made when it is needed.
 */
export function preparedSpeaker(speaker: Speaker): Speaker & { prepare(texts: readonly string[]): Promise<void> } {
  const clips = new Map<string, Promise<Int16Array[]>>();
  const fetchClip = async (text: string) => {
    const fetching = Array.fromAsync(speaker.speak(text, AbortSignal.timeout(20_000)));
    clips.set(text, fetching);
    try {
      if ((await fetching).length === 0) clips.delete(text);
    } catch {
      clips.delete(text);
    }
  };
  return {
    sampleRate: speaker.sampleRate,
    async *speak(text, signal) {
      const clip = await clips.get(text)?.catch(() => null);
      if (clip) yield* clip;
      else yield* speaker.speak(text, signal);
    },
    async prepare(texts) {
      for (const text of new Set(texts)) if (!clips.has(text)) await fetchClip(text);
    },
  };
}
