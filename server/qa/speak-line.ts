import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#src/lib/app-error.ts';
import { resample } from '#src/server/speech/resample.ts';
import { decodeWav } from '#src/server/speech/wav.ts';

const mostTries = 6;

/** Makes speech of a caller's line by the speech process: 16 kHz mono. It may be starting again just now. Throws AppError `speech-down`. */
export async function speakLine(
  speech: { url: string; token: string },
  line: string,
  voice = 'rms',
): Promise<Int16Array> {
  for (let tries = 1; ; tries++) {
    try {
      return await speakOnce(speech, line, voice);
    } catch (error) {
      if (error instanceof AppError) throw error;
      if (tries === mostTries) throw new AppError('speech-down', 'The speech process is not there.', { cause: error });
      await sleep(500);
    }
  }
}

async function speakOnce(speech: { url: string; token: string }, line: string, voice: string): Promise<Int16Array> {
  const response = await fetch(new URL('/v1/audio/speech', speech.url), {
    method: 'POST',
    headers: { authorization: `Bearer ${speech.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'flite', input: line, voice, response_format: 'wav' }),
    signal: AbortSignal.timeout(20_000),
  });
  if (!response.ok)
    throw new AppError('speech-down', `The caller's line could not be spoken (status ${response.status}).`);
  const { rate, pcm } = decodeWav(Buffer.from(await response.arrayBuffer()));
  return resample(pcm, rate, 16_000);
}
