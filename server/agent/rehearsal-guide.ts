import type { AgentInputItem } from '@openai/agents';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import type { Sayable } from '#src/lib/calls/call.ts';
import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';
import type { Grammar } from '#src/lib/speech/grammar.ts';
import { createRehearsalGuide } from '#src/server/models/rehearsal-model.ts';

export type RehearsalGuide = { grammar(items: AgentInputItem[]): Grammar; sayable(items: AgentInputItem[]): Sayable };

/**
 * What can be said and heard at each moment of a call; null where neither hearing nor thinking is rehearsal.
 * `knownLines` are sentences that the caller is known to say.
 */
export function rehearsalGuide(
  config: AssistantConfig,
  tools: readonly RehearsalTool[] | (() => readonly RehearsalTool[]),
  knownLines: readonly string[],
): RehearsalGuide | null {
  if (config.hearing.kind !== 'rehearsal' && config.thinking.kind !== 'rehearsal') return null;
  const guide = createRehearsalGuide({ config, tools, clock: () => new Date() });
  return { grammar: (items) => guide.grammar(items, knownLines), sayable: (items) => guide.sayable(items) };
}
