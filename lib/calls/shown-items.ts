import type { AgentTurn, ModelRun, Span, ToolCall } from '#src/lib/calls/call-item.ts';
import { decline } from '#src/lib/calls/tool-view.ts';

/**
 * Items as they are shown: copies that no later event changes. Nothing goes on after the end of a call (`endAt`, ms), also when the
 * process died before it could say so.
 */
export function shownTurn(turn: AgentTurn, endAt: number | null): AgentTurn {
  return { ...turn, span: shownSpan(turn.span, endAt) };
}

export function shownTool(call: ToolCall, endAt: number | null): ToolCall {
  const parts = call.parts.map((part) => shownSpan(part, endAt));
  const shown = { ...call, parts, events: [...call.events] };
  // Whoever waited for a yes when the process died was never sent.
  if (endAt !== null && shown.state === 'waiting' && shown.waiting?.for !== 'server')
    decline(shown, { reason: 'ended', name: null });
  return shown;
}

export function shownSpan<T extends Span | ModelRun>(span: T, endAt: number | null): T {
  return { ...span, to: span.to ?? endAt };
}
