import type { Ear } from '#src/server/agent/hearing.ts';
import { providerTranscript, type SpeechProvider } from '#src/server/models/compatible-speech.ts';
import { encodeWav } from '#src/server/speech/wav.ts';

const mostSamples = 16_000 * 60;

/** Hears whole utterances at an OpenAI-compatible provider; it has no words before the end, so nothing is guessed. */
export function providerEar(provider: SpeechProvider): Ear {
  let pieces: Int16Array[] = [];
  let length = 0;
  return {
    start() {
      pieces = [];
      length = 0;
    },
    audio(pcm) {
      if (length >= mostSamples) return;
      pieces.push(pcm.slice());
      length += pcm.length;
    },
    peek: async () => ({ text: '', confidence: null, understood: false }),
    async stop(timeoutMs) {
      const pcm = new Int16Array(length);
      let at = 0;
      for (const piece of pieces) {
        pcm.set(piece, at);
        at += piece.length;
      }
      const text = await providerTranscript(
        provider,
        encodeWav(pcm, 16_000),
        timeoutMs === undefined ? {} : { timeoutMs },
      );
      return { text, confidence: null, understood: text !== '' };
    },
  };
}
