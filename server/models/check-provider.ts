import OpenAI from 'openai';
import { AppError } from '#src/lib/app-error.ts';
import { compatibleClient } from '#src/server/models/compatible-client.ts';
import { providerSpeech, providerTranscript } from '#src/server/models/compatible-speech.ts';
import { modelError } from '#src/server/models/model-error.ts';
import { encodeWav } from '#src/server/speech/wav.ts';

export type CheckProvider = {
  baseUrl: string;
  key: string | null;
  model: string;
  part: 'thinking' | 'hearing' | 'speaking';
  voice?: string | undefined;
};

export type ProviderCheck = {
  ok: boolean;
  ms: number;
  error?: { code: string; message: string; hint?: string | undefined; raw?: string | undefined };
};

/**
 * Asks a provider for something real and small. A thinking model must call a tool: one that cannot is refused by name
 * (`model-without-tools`), for an assistant would run without its tools and nobody would notice. Never throws.
 */
export async function checkProvider(options: CheckProvider): Promise<ProviderCheck> {
  const started = performance.now();
  const ms = () => Math.round(performance.now() - started);
  try {
    await checks[options.part](options);
    return { ok: true, ms: ms() };
  } catch (error) {
    const { code, message, hint, raw } = modelError(error);
    return { ok: false, ms: ms(), error: { code, message, hint, raw } };
  }
}

const checks: Record<CheckProvider['part'], (options: CheckProvider) => Promise<void>> = {
  thinking: checkThinking,
  async hearing(options) {
    const second = Int16Array.from({ length: 16_000 }, (_, at) => Math.round(1_000 * Math.sin(at / 8)));
    await providerTranscript(options, encodeWav(second, 16_000), { timeoutMs: 20_000 });
  },
  async speaking(options) {
    for await (const _piece of providerSpeech({ ...options, voice: options.voice || 'alloy' }, 'Hello.', {
      stallMs: 20_000,
    }))
      return;
  },
};

async function checkThinking(options: CheckProvider): Promise<void> {
  const client = compatibleClient(options);
  let answer: OpenAI.ChatCompletion;
  try {
    answer = await client.chat.completions.create({ ...question(options.model), tools: [ringTool] });
  } catch (error) {
    const refusesTools = error instanceof OpenAI.APIError && (error.status === 400 || error.status === 422);
    if (!refusesTools) throw error;
    // Is it the tools that it refuses, or anything we ask?
    await client.chat.completions.create(question(options.model));
    throw withoutTools(options.model, error);
  }
  const calls = answer.choices?.[0]?.message?.tool_calls ?? [];
  if (!calls.some((call) => call.type === 'function' && call.function.name === ringTool.function.name))
    throw withoutTools(options.model, null);
}

function question(model: string): OpenAI.ChatCompletionCreateParamsNonStreaming {
  return {
    model,
    messages: [
      { role: 'system', content: 'You operate a door bell with the tool ring_bell.' },
      { role: 'user', content: 'Ring the bell once, please.' },
    ],
  };
}

const ringTool = {
  type: 'function' as const,
  function: {
    name: 'ring_bell',
    description: 'Rings the door bell.',
    parameters: {
      type: 'object',
      properties: { times: { type: 'integer', description: 'How often to ring' } },
      required: ['times'],
    },
  },
};

function withoutTools(model: string, cause: unknown): AppError {
  return new AppError('model-without-tools', `The model ${model} answers, but calls no tools.`, {
    hint: 'Choose a model of this provider that can call tools (function calling).',
    cause,
  });
}
