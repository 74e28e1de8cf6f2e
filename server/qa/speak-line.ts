import { AppError } from '#src/lib/app-error.ts';
import { resample } from '#src/server/speech/resample.ts';
import { decodeWav } from '#src/server/speech/wav.ts';

/** Makes speech of a caller's line by the speech process: 16 kHz mono. Throws AppError `speech-down`. */
export async function speakLine(
  speech: { url: string; token: string },
  line: string,
  voice = 'rms',
): Promise<Int16Array> {
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
