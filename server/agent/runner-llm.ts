import { llm } from '@livekit/agents';

/** LiveKit asks its own node for an answer only where a model is set; ours answers in `llmNode`, so this is never asked. */
export class RunnerLlm extends llm.LLM {
  override label(): string {
    return 'patchbay.runner';
  }

  override get model(): string {
    return 'runner';
  }

  override chat(): never {
    throw new Error('The assistant answers in its own node.');
  }
}
