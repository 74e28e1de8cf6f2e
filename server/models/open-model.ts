import type { Model } from '@openai/agents';
import { OpenAIProvider } from '@openai/agents';
import { AppError } from '#src/lib/app-error.ts';
import type { AssistantConfig, PipelineStep } from '#src/lib/assistants/assistant-config.ts';
import type { FrozenProvider } from '#src/lib/calls/frozen-call.ts';
import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';
import { compatibleClient } from '#src/server/models/compatible-client.ts';
import { guardModel } from '#src/server/models/guard-model.ts';
import { createRehearsalModel } from '#src/server/models/rehearsal-model.ts';

export type OpenModelOptions = {
  step: PipelineStep;
  providers: readonly FrozenProvider[];
  /** Decrypts a stored key. */
  reveal: (credentialId: string) => Promise<string>;
  config: AssistantConfig;
  tools: readonly RehearsalTool[];
  clock?: () => Date;
};

/** The model that thinks in a call, and its name for the log. Throws AppError `provider-gone`. */
export async function openModel(options: OpenModelOptions): Promise<{ model: Model; name: string }> {
  const { step, config, tools } = options;
  if (step.kind === 'rehearsal') {
    const clock = options.clock ?? (() => new Date());
    return { model: createRehearsalModel({ config, tools, clock }), name: 'rehearsal' };
  }
  const provider = findProvider(options.providers, step.providerId);
  const key = provider.credentialId ? await options.reveal(provider.credentialId) : null;
  return { model: await compatibleModel({ baseUrl: provider.baseUrl, key, model: step.model }), name: step.model };
}

/** A frozen provider by its id. Throws AppError `provider-gone`. */
export function findProvider(providers: readonly FrozenProvider[], id: string): FrozenProvider {
  const provider = providers.find((candidate) => candidate.id === id);
  if (provider) return provider;
  throw new AppError('provider-gone', 'The model provider of this assistant is not there any more.', {
    hint: 'Choose another one under Voice and model.',
  });
}

/** A model behind an OpenAI-compatible chat endpoint: nothing is stored, traced or tried twice behind our back. */
export async function compatibleModel(options: { baseUrl: string; key: string | null; model: string }): Promise<Model> {
  const provider = new OpenAIProvider({ openAIClient: compatibleClient(options), useResponses: false });
  return guardModel(await provider.getModel(options.model), { firstTokenMs: 8_000, stallMs: 10_000 });
}
