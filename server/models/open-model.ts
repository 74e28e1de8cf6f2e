import type { Model, ModelSettings } from '@openai/agents';
import { OpenAIProvider } from '@openai/agents';
import { AppError } from '#src/lib/app-error.ts';
import type { AssistantConfig, PipelineStep } from '#src/lib/assistants/assistant-config.ts';
import type { FrozenProvider } from '#src/lib/calls/frozen-call.ts';
import type { ModelPrice } from '#src/lib/providers/model-price.ts';
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
  tools: readonly RehearsalTool[] | (() => readonly RehearsalTool[]);
  clock?: () => Date;
};

export type OpenedModel = {
  model: Model;
  name: string;
  settings: ModelSettings;
  /** What its tokens cost; null where nobody gave a price. */
  price: ModelPrice | null;
};

/** The model that thinks in a call, its name for the log, and what it must be told with each request. Throws AppError `provider-gone`. */
export async function openModel(options: OpenModelOptions): Promise<OpenedModel> {
  const { step, config, tools } = options;
  if (step.kind === 'rehearsal') {
    const clock = options.clock ?? (() => new Date());
    return { model: createRehearsalModel({ config, tools, clock }), name: 'rehearsal', settings: {}, price: null };
  }
  const provider = findProvider(options.providers, step.providerId);
  const key = provider.credentialId ? await options.reveal(provider.credentialId) : null;
  const model = await compatibleModel({ baseUrl: provider.baseUrl, key, model: step.model });
  // OpenAI may keep what it is sent unless told not to; other servers refuse a setting that they do not know.
  const settings = new URL(provider.baseUrl).hostname === 'api.openai.com' ? { store: false } : {};
  const price = provider.prices?.find((one) => one.model === step.model) ?? null;
  return { model, name: step.model, settings, price };
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
