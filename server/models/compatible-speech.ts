import { AppError } from '#src/lib/app-error.ts';
import { guardedFetch } from '#src/server/mcp/guarded-fetch.ts';
import { appErrorIn, ofStatus } from '#src/server/models/model-error.ts';

export type SpeechProvider = { baseUrl: string; key: string | null; model: string };

/** What an OpenAI-compatible server sends as raw PCM: 24 kHz, mono, 16 bits. */
export const providerSampleRate = 24_000;

/**
 * Makes speech at a provider, in pieces of 20 ms as they arrive. Throws AppErrors as `ofStatus` names them, `provider-slow`
 * when nothing comes for `stallMs`, `provider-lost` when the connection breaks, `speech-empty` for an answer without sound.
 */
export async function* providerSpeech(
  provider: SpeechProvider & { voice: string },
  text: string,
  options: { signal?: AbortSignal; stallMs?: number } = {},
): AsyncGenerator<Int16Array> {
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => stop.abort(slow()), options.stallMs ?? 8_000);
  };
  let sent = 0;
  try {
    wait();
    const body = JSON.stringify({ model: provider.model, voice: provider.voice, input: text, response_format: 'pcm' });
    const response = await post(provider, 'audio/speech', { body, signal, contentType: 'application/json' });
    let rest = Buffer.alloc(0);
    for await (const chunk of response.body ?? []) {
      wait();
      rest = Buffer.concat([rest, chunk]);
      for (; rest.length >= pieceBytes; rest = rest.subarray(pieceBytes)) {
        yield samples(rest.subarray(0, pieceBytes));
        sent += pieceBytes;
      }
    }
    // The end of a sentence is shorter than a piece; without it the last sound is missing.
    if (rest.length >= 2) yield samples(rest.subarray(0, rest.length - (rest.length % 2)));
    if (sent + rest.length < 2)
      throw new AppError('speech-empty', 'The provider answered without any sound.', { retryable: true });
  } catch (error) {
    if (options.signal?.aborted) return;
    throw stop.signal.aborted ? stop.signal.reason : border(error);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

const pieceBytes = (providerSampleRate / 50) * 2;

/** Hears a WAV file at a provider. Throws AppErrors as `ofStatus` names them, `provider-slow` and `provider-lost`. */
export async function providerTranscript(
  provider: SpeechProvider,
  wav: Buffer,
  options: { timeoutMs?: number } = {},
): Promise<string> {
  const form = new FormData();
  form.set('file', new File([new Uint8Array(wav)], 'speech.wav', { type: 'audio/wav' }));
  form.set('model', provider.model);
  form.set('response_format', 'json');
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 8_000);
  try {
    const response = await post(provider, 'audio/transcriptions', { body: form, signal: deadline });
    const answer: unknown = await response.json();
    if (typeof answer === 'object' && answer !== null && 'text' in answer && typeof answer.text === 'string')
      return answer.text.trim();
    throw new AppError('provider-refused', 'The provider answered something else than a transcript.', {
      hint: 'Check the address and the model.',
    });
  } catch (error) {
    throw deadline.aborted ? slow() : border(error);
  }
}

async function post(
  provider: SpeechProvider,
  path: string,
  request: { body: string | FormData; signal: AbortSignal; contentType?: string },
): Promise<Response> {
  const response = await guardedFetch()(`${provider.baseUrl.replace(/\/+$/, '')}/${path}`, {
    method: 'POST',
    signal: request.signal,
    body: request.body,
    headers: {
      ...(provider.key ? { authorization: `Bearer ${provider.key}` } : {}),
      ...(request.contentType ? { 'content-type': request.contentType } : {}),
    },
  });
  if (response.ok) return response;
  const raw = (await response.text().catch(() => '')).slice(0, 500);
  throw ofStatus(response.status, null, provider.key ? raw.replaceAll(provider.key, '[key]') : raw);
}

function samples(bytes: Buffer): Int16Array {
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
}

function slow(): AppError {
  return new AppError('provider-slow', 'The provider did not answer in time.', { retryable: true });
}

function border(error: unknown): AppError {
  const known = appErrorIn(error);
  if (known) return known;
  return new AppError('provider-lost', 'The connection to the provider broke.', { retryable: true, cause: error });
}
