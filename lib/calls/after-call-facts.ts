import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { ToolCall } from '#src/lib/calls/call-item.ts';
import { callView } from '#src/lib/calls/call-view.ts';
import { toolSummary } from '#src/lib/calls/tool-summary.ts';
import { transcriptOf } from '#src/lib/calls/transcript.ts';
import type { AfterCallPlan, afterCallSources } from '#src/lib/mcp/after-call-plan.ts';
import type { JsonSchema } from '#src/lib/mcp/tool-definition.ts';

/** What is known of a call when it is over, by the names under which a plan takes it. */
export type AfterCallFacts = Record<(typeof afterCallSources)[number], string | number | object>;

export type EndedCall = {
  id: string;
  assistantName: string;
  callerName: string;
  startedAt: Date;
  endedAt: Date;
  endedReason: string;
};

/** What servers can be told of a call, from its row and its whole log. */
export function afterCallFacts(call: EndedCall, events: readonly CallEvent[]): AfterCallFacts {
  const { tools } = callView(events);
  return {
    callId: call.id,
    assistant: call.assistantName,
    caller: call.callerName,
    startedAt: call.startedAt.toISOString(),
    durationSeconds: Math.max(0, Math.round((call.endedAt.getTime() - call.startedAt.getTime()) / 1_000)),
    endedReason: call.endedReason,
    transcript: transcriptOf(events)
      .items.flatMap((item) =>
        item.kind === 'turn' ? [`${item.who === 'caller' ? 'Caller' : call.assistantName}: ${item.text}`] : [],
      )
      .join('\n'),
    toolLog: tools.map(({ at, serverName, tool, effect, arguments: args, state, ms, answer, failure }) => ({
      at,
      server: serverName,
      tool,
      effect,
      arguments: args,
      state,
      ms,
      answer,
      error: failure ? { code: failure.code, message: failure.message } : null,
    })),
    summary: summaryOf(tools),
  };
}

/** One sentence for each write that was done, or that may have been; the same log gives the same words. */
export function summaryOf(tools: readonly ToolCall[]): string {
  const sentences = tools
    .filter((call) => call.effect === 'write' && !isRepeat(call))
    .flatMap((call) => {
      const name = `${call.tool} on ${call.serverName}`;
      if (call.state === 'in-doubt') return [`It is not known whether ${name} was done.`];
      if (call.state !== 'succeeded') return [];
      const said = toolSummary(call);
      return [said === '' ? `${name} was done.` : `${name} was done: ${said}.`];
    });
  return sentences.join(' ') || 'Nothing was changed.';
}

/** A repeat was answered with what the first request got: nothing was sent. */
const isRepeat = (call: ToolCall): boolean =>
  call.events.some((event) => event.type === 'tool-started' && event.data.repeatOf !== undefined);

/** The arguments that a plan makes of the facts, each in the type that the tool's schema asks for. */
export function afterCallArguments(
  plan: AfterCallPlan,
  schema: JsonSchema,
  facts: AfterCallFacts,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(plan.arguments).map(([name, given]) => [
      name,
      fitted('from' in given ? facts[given.from] : given.text, typeIn(schema, name)),
    ]),
  );
}

function typeIn(schema: JsonSchema, name: string): unknown {
  const properties: unknown = schema.properties;
  if (typeof properties !== 'object' || properties === null) return undefined;
  const property: unknown = Object.entries(properties).find(([key]) => key === name)?.[1];
  return typeof property === 'object' && property !== null && 'type' in property ? property.type : undefined;
}

function fitted(value: string | number | object, type: unknown): unknown {
  if (typeof value === 'object') return type === 'array' || type === 'object' ? value : JSON.stringify(value);
  if (type === 'string') return String(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  const number = type === 'number' || type === 'integer' ? Number(value) : Number.NaN;
  return value === '' || !Number.isFinite(number) ? value : number;
}
