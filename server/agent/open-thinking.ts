import type { AgentInputItem, Model } from '@openai/agents';
import type { Sayable } from '#src/lib/calls/call.ts';
import type { FrozenCall } from '#src/lib/calls/frozen-call.ts';
import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';
import type { Grammar } from '#src/lib/speech/grammar.ts';
import type { NamedTool } from '#src/server/agent/tool-names.ts';
import { createRehearsalModel, rehearsalGrammar, rehearsalSayable } from '#src/server/models/rehearsal-model.ts';

export type Thinking = {
  model: Model;
  name: string;
  /** What can be said and heard now; only where the rehearsal model thinks. */
  rehearsal: { grammar(items: AgentInputItem[]): Grammar; sayable(items: AgentInputItem[]): Sayable } | null;
};

/** The model of a call. Throws AppError when its provider is gone from the team. */
export async function openThinking(
  frozen: FrozenCall,
  named: readonly NamedTool[],
  _reveal: (credentialId: string) => Promise<string>,
): Promise<Thinking> {
  const tools: RehearsalTool[] = named.map(({ name, tool }) => ({
    key: name,
    definition: tool.definition,
    effect: tool.policy.effect,
  }));
  const options = { config: frozen.config, tools, clock: () => new Date() };
  return {
    model: createRehearsalModel(options),
    name: 'rehearsal',
    rehearsal: {
      grammar: (items) => rehearsalGrammar(options, items),
      sayable: (items) => rehearsalSayable(options, items),
    },
  };
}
