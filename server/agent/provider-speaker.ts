import type { Speaker } from '#src/server/agent/speaker.ts';
import { providerSampleRate, providerSpeech, type SpeechProvider } from '#src/server/models/compatible-speech.ts';

/** A voice of an OpenAI-compatible provider. */
export function providerSpeaker(provider: SpeechProvider & { voice: string }): Speaker {
  return {
    sampleRate: providerSampleRate,
    speak: (text, signal) => providerSpeech(provider, text, { signal }),
  };
}
