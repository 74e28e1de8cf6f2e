import type { ToolTimes } from '#src/lib/calls/tool-times.ts';
import { type CallTrace, traceCall } from '#src/server/mcp/transports/call-trace.ts';
import type { Answer } from '#src/server/tools/tool-outcome.ts';
import type { FrozenTool, ToolNames, ToolRequest, ToolRuntime } from '#src/server/tools/tool-runtime.ts';

/** One tool call on its way through the steps. */
export type ToolStep = {
  runtime: ToolRuntime;
  request: ToolRequest;
  names: ToolNames;
  ids: { turnId: string | undefined; toolCallId: string };
  /** On the runtime's clock, ms: the tool's time begins to run here. */
  startedAt: number;
  /** How far it has come. */
  times: ToolTimes;
  /** What went over the wire for it. */
  trace: CallTrace;
};

/** A call that is allowed and whose arguments fit. */
export type ReadyStep = ToolStep & {
  tool: FrozenTool;
  args: Record<string, unknown>;
  /** Of a read whose answer may be given again: keeps it. */
  keep?: (answer: Answer) => void;
};

/** The beginning of a call. */
export function beginStep(runtime: ToolRuntime, request: ToolRequest): ToolStep {
  return {
    runtime,
    request,
    names: { serverId: request.server.id, serverName: request.server.name, tool: request.tool },
    ids: { turnId: request.turnId, toolCallId: request.toolCallId ?? runtime.newId() },
    startedAt: runtime.now(),
    times: {},
    trace: traceCall(runtime.now),
  };
}

/** Milliseconds since the call began. */
export function elapsedMs({ runtime, startedAt }: ToolStep): number {
  return Math.round(runtime.now() - startedAt);
}

/** Milliseconds that the operator's time for the tool still leaves, within what the server may take for any tool. */
export function leftMs({ runtime, startedAt, tool, request }: ReadyStep): number {
  const mostMs = Math.min(tool.policy.timeoutMs, request.server.limits.toolTimeoutMs ?? tool.policy.timeoutMs);
  return Math.round(startedAt + mostMs - runtime.now());
}
