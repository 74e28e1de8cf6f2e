import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import { rehearsalVoices } from '#src/lib/assistants/assistant-config.ts';
import { authenticate } from '#src/server/api/authenticate.ts';
import { problem } from '#src/server/api/problem.ts';
import { config } from '#src/server/config.ts';

const inputSchema = z.object({ voice: z.enum(rehearsalVoices), text: z.string().trim().min(1).max(300) });

/** A sentence in one of our own voices, as a WAV file. */
export async function POST(request: Request): Promise<Response> {
  try {
    await authenticate(request, 'assistant:read');
    const { voice, text } = inputSchema.parse(await request.json().catch(() => ({})));
    const { speechUrl, speechToken } = config();
    const answer = await fetch(`${speechUrl}/v1/audio/speech`, {
      method: 'POST',
      headers: { authorization: `Bearer ${speechToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'flite', voice, input: text, response_format: 'wav' }),
      signal: AbortSignal.timeout(10_000),
    }).catch(() => null);
    if (!answer?.ok)
      throw new AppError('speech-away', 'The voices do not answer right now.', {
        status: 503,
        retryable: true,
        hint: 'Try again in a moment.',
      });
    return new Response(answer.body, { headers: { 'content-type': 'audio/wav', 'cache-control': 'no-store' } });
  } catch (error) {
    return problem(error);
  }
}
