import { type Tool, tool } from '@openai/agents';
import type { TurnContext } from '#src/server/agent/run-model.ts';
import type { NamedTool } from '#src/server/agent/tool-names.ts';
import { NotCommitted, type ToolExchange, type Turn } from '#src/server/agent/turn.ts';
import { type ToolParameters, toolParameters } from '#src/server/models/tool-parameters.ts';
import type { ToolOutcome } from '#src/server/tools/tool-outcome.ts';

export type CallTool = (named: NamedTool, args: unknown, context: TurnContext) => Promise<ToolOutcome>;

/**
 * The servers' tools as plain functions of the model. None runs before its turn is certain; each exchange stays in the
 * turn, so that later turns know of it, also when the answer was cut off or came after it.
 */
export function callTools(named: readonly NamedTool[], call: CallTool): Tool<TurnContext>[] {
  return named.map((one) =>
    tool<ToolParameters, TurnContext>({
      name: one.name,
      description: one.tool.definition.description ?? one.tool.definition.title ?? one.tool.definition.name,
      parameters: toolParameters(one.tool.definition.inputSchema),
      strict: false,
      // The default would turn a tool that must not run yet into an answer of it.
      errorFunction: null,
      execute: async (args: unknown, run, details) => {
        const context = run?.context;
        if (!context) throw new NotCommitted('A tool was called outside a turn.');
        context.reply.pause();
        await context.turn.gate();
        const exchange = begin(context.turn, one.name, args, details?.toolCall?.callId);
        const outcome = await call(one, args, context);
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
