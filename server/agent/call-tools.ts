import { randomUUID } from 'node:crypto';
import { type Tool, tool } from '@openai/agents';
import type { NamedTool } from '#src/server/agent/tool-names.ts';
import { NotCommitted, type ToolExchange, type Turn } from '#src/server/agent/turn.ts';
import { contextOf, type RunData, type TurnContext } from '#src/server/agent/turn-context.ts';
import { type ToolParameters, toolParameters } from '#src/server/models/tool-parameters.ts';
import type { Asking } from '#src/server/tools/ask-first.ts';
import type { Release } from '#src/server/tools/release.ts';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';

/** How the tools of a call are run; `asks` tells whether someone has to say yes first. */
export type CallTool = {
  asks(named: NamedTool, args: unknown): Asking | null;
  run(
    named: NamedTool,
    args: unknown,
    context: TurnContext,
    yes?: { toolCallId: string; release: Release },
  ): Promise<ToolOutcome>;
};

/**
 * The servers' tools as plain functions of the model. None runs before its turn is certain, and a write that someone has to say yes to
 * ends the run until then. Each exchange stays in the turn, so that later turns know of it, also when the answer was cut off or came
 * after it.
 */
export function callTools(named: readonly NamedTool[], call: CallTool): Tool<RunData>[] {
  return named.map((one) =>
    tool<ToolParameters, RunData>({
      name: one.name,
      description: one.tool.definition.description ?? one.tool.definition.title ?? one.tool.definition.name,
      parameters: toolParameters(one.tool.definition.inputSchema),
      strict: false,
      // The default would turn a tool that must not run yet into an answer of it.
      errorFunction: null,
      needsApproval: async (run, args, callId = '') => {
        const context = contextOf(run.context);
        if (!context || context.released.has(callId)) return false;
        const asking = call.asks(one, args);
        if (asking) context.asked.push({ callId, toolCallId: randomUUID(), named: one, asking });
        return asking !== null;
      },
      execute: async (args: unknown, run, details) => {
        const context = contextOf(run?.context);
        if (!context) throw new NotCommitted('A tool was called outside a turn.');
        context.reply.pause();
        await context.turn.gate();
        const exchange = begin(context.turn, one.name, args, details?.toolCall?.callId);
        const outcome = await call.run(one, args, context, context.released.get(details?.toolCall?.callId ?? ''));
        exchange.output = outcome.answer;
        return outcome.answer;
      },
    }),
  );
}

function begin(turn: Turn, name: string, args: unknown, callId: string | undefined): ToolExchange {
  const exchange = {
    callId: callId ?? `call_${turn.id}_${turn.exchanges.length + 1}`,
    name,
    arguments: JSON.stringify(args ?? {}),
    output: JSON.stringify({ error: { hint: 'The caller went on talking before the answer came.' } }),
  };
  turn.exchanges.push(exchange);
  return exchange;
}
