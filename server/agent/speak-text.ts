import { ReadableStream } from 'node:stream/web';
import { AudioFrame } from '@livekit/rtc-node';
import { sentences } from '#src/server/agent/sentences.ts';
import type { Speaker } from '#src/server/agent/speaker.ts';
import type { Utterance } from '#src/server/agent/utterance.ts';

export type SpeakTextOptions = {
  speaker: Speaker;
  utterance: Utterance;
  /** Said in place of what could not be said. */
  apology: string;
  /** Speech could not be made. */
  lost: (error: unknown) => void;
};

/**
 * Turns text into audio, sentence by sentence as it comes, and notes how long each is: that is how it is known later
 * what was heard. It never ends in an error; what cannot be said is apologised for once, from a prepared clip.
 */
export function speakText(text: AsyncIterable<string>, options: SpeakTextOptions): ReadableStream<AudioFrame> {
  const stop = new AbortController();
  return new ReadableStream<AudioFrame>({
    async start(controller) {
      const say = async (sentence: string) => {
        const spoken = options.utterance.begin(sentence);
        for await (const pcm of options.speaker.speak(sentence, stop.signal)) {
          if (stop.signal.aborted) return;
          spoken.audioMs += (pcm.length / options.speaker.sampleRate) * 1000;
          controller.enqueue(new AudioFrame(pcm, options.speaker.sampleRate, 1, pcm.length));
        }
      };
      try {
        for await (const sentence of sentences(text)) {
          if (stop.signal.aborted) break;
          await say(sentence);
        }
      } catch (error) {
        if (!stop.signal.aborted) {
          options.lost(error);
          await say(options.apology).catch(() => {});
        }
      }
      if (!stop.signal.aborted) controller.close();
    },
    cancel() {
      stop.abort();
    },
  });
}
