import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import { type Grammar, grammarSchema } from '#src/lib/speech/grammar.ts';
import { sampleRate } from '#src/server/speech/protocol.ts';
import type { RecogniserPool } from '#src/server/speech/recogniser-pool.ts';
import { resample } from '#src/server/speech/resample.ts';
import type { VoicePool } from '#src/server/speech/voice-pool.ts';
import { decodeWav, encodeWav } from '#src/server/speech/wav.ts';

/** What OpenAI-compatible speech clients expect raw PCM to be (https://platform.openai.com/docs/api-reference/audio). */
const openaiRate = 24_000;
const bodyLimitBytes = 25_000_000;

const speechBody = z.object({
  input: z.string().min(1).max(4_096),
  voice: z.string().default('slt'),
  response_format: z.enum(['pcm', 'wav']).default('wav'),
});

export type OpenaiRoutes = { voices: VoicePool; recognisers: RecogniserPool; grammar: Grammar };

/** `POST /v1/audio/speech` and `/v1/audio/transcriptions`; everything else, and every mistake, is answered in JSON. */
export async function serveOpenai(
  request: IncomingMessage,
  response: ServerResponse,
  routes: OpenaiRoutes,
): Promise<void> {
  try {
    const body = request.method === 'POST' ? await readBody(request) : Buffer.alloc(0);
    if (request.method === 'POST' && request.url === '/v1/audio/speech') return await speak(body, response, routes);
    if (request.method === 'POST' && request.url === '/v1/audio/transcriptions')
      return await transcribe(request, body, response, routes);
    throw new AppError('not-found', 'There is nothing at this address.', { status: 404 });
  } catch (error) {
    const known = isAppError(error)
      ? error
      : new AppError('bad-request', 'The request was not understood.', { cause: error });
    answerJson(response, known.status, {
      error: {
        code: known.code,
        message: known.message,
        type: known.status < 500 ? 'invalid_request_error' : 'server_error',
      },
    });
  }
}

/** Answers with JSON, if nothing was answered yet. */
export function answerJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function speak(body: Buffer, response: ServerResponse, { voices }: OpenaiRoutes): Promise<void> {
  const asked = parse(speechBody, body.toString());
  const pcm = resample(await voices.speak(asked.input, asked.voice), sampleRate, openaiRate);
  const raw = asked.response_format === 'pcm';
  response.writeHead(200, { 'content-type': raw ? 'audio/pcm' : 'audio/wav' });
  response.end(raw ? Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength) : encodeWav(pcm, openaiRate));
}

async function transcribe(
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  routes: OpenaiRoutes,
): Promise<void> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Request('http://localhost', {
    method: 'POST',
    headers,
    body: new Uint8Array(body),
  }).formData();
  const file = form.get('file');
  if (!(file instanceof File)) throw new AppError('no-file', 'There is no field called file with a WAV file in it.');
  const prompt = form.get('prompt');
  const grammar =
    typeof prompt === 'string' && prompt.trim().startsWith('{') ? parse(grammarSchema, prompt) : routes.grammar;
  const { rate, pcm } = decodeWav(Buffer.from(await file.arrayBuffer()));
  const ear = await routes.recognisers.listen(() => {});
  try {
    await ear.setGrammar(grammar);
    ear.start();
    ear.audio(resample(pcm, rate, sampleRate));
    const heard = await ear.stop();
    const text = heard.understood ? heard.text : '';
    if (form.get('response_format') === 'text') response.writeHead(200, { 'content-type': 'text/plain' }).end(text);
    else
      answerJson(response, 200, {
        text,
        confidence: heard.confidence,
        understood: heard.understood,
        usage: { type: 'duration', seconds: Math.ceil(pcm.length / rate) },
      });
  } finally {
    await ear.close();
  }
}

function parse<T>(schema: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('not-json', 'This is not JSON.', { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new AppError('bad-request', `${first?.path.join('.') ?? 'body'}: ${first?.message ?? 'not as expected'}`);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > bodyLimitBytes) throw new AppError('too-large', 'The request is larger than 25 MB.', { status: 413 });
    chunks.push(piece);
  }
  return Buffer.concat(chunks);
}
