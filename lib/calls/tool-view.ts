import type { CallEvent } from '#src/lib/calls/call-event.ts';
import type { ToolCall } from '#src/lib/calls/call-item.ts';

type ToolEvent = Extract<CallEvent, { type: `tool-${string}` }>;

/** A tool call as its first event tells of it. */
export function startTool(id: string, event: ToolEvent, at: number): ToolCall {
  const started = event.type === 'tool-started' ? event.data : null;
  return {
    kind: 'tool',
    id,
    turnId: event.turnId ?? null,
    at,
    serverId: event.data.serverId,
    serverName: event.data.serverName,
    tool: event.data.tool,
    effect: started?.effect ?? 'write',
    arguments: started?.arguments ?? {},
    state: 'running',
    parts: started ? [{ kind: 'ran', from: at, to: null }] : [],
    ms: null,
    answer: null,
    content: [],
    structured: undefined,
    failure: null,
    waiting: null,
    declined: null,
    progress: null,
    events: started ? [event] : [],
  };
}

/** Takes one more event of the same tool call in; changes `call`. */
export function applyToolEvent(call: ToolCall, event: ToolEvent, at: number): void {
  call.events.push(event);
  if (event.type === 'tool-measured' || event.type === 'tool-exchanged') return;
  if (event.type === 'tool-progress') {
    const { progress, total, message } = event.data;
    call.progress = { progress, total: total ?? null, message: message ?? null };
    return;
  }
  const open = call.parts.findLast((part) => part.to === null);
  if (open) open.to = at;
  switch (event.type) {
    case 'tool-started':
      call.effect = event.data.effect;
      call.arguments = event.data.arguments;
      call.state = 'running';
      call.waiting = null;
      call.parts.push({ kind: 'ran', from: at, to: null });
      break;
    case 'tool-waiting':
      call.state = 'waiting';
      if (event.data.arguments) call.arguments = event.data.arguments;
      call.waiting = { for: event.data.waitingFor, note: event.data.note, at };
      // Until the first byte left, what ran was waiting too.
      if (open && open.from === at) call.parts.pop();
      call.parts.push({ kind: 'waiting', from: at, to: null });
      break;
    case 'tool-confirmed':
      call.state = 'running';
      call.waiting = null;
      break;
    case 'tool-declined':
      decline(call, event.data);
      break;
    case 'tool-succeeded':
      call.state = 'succeeded';
      call.ms = event.data.ms;
      call.answer = event.data.answer;
      call.content = event.data.content;
      call.structured = event.data.structuredContent;
      end(call, 'ran', event.data.ms, at);
      break;
    case 'tool-failed':
      call.state = 'failed';
      call.ms = event.data.ms;
      call.failure = { code: event.data.code, message: event.data.message, raw: event.data.raw ?? null };
      end(call, 'failed', event.data.ms, at);
      break;
    case 'tool-in-doubt':
      call.state = 'in-doubt';
      call.ms = event.data.ms;
      call.failure = { code: 'in-doubt', message: event.data.message, raw: null };
      end(call, 'doubt', event.data.ms, at);
      break;
  }
}

/** A write that waited for a yes and will not be done. */
export function decline(call: ToolCall, why: NonNullable<ToolCall['declined']>): void {
  call.state = 'declined';
  call.waiting = null;
  call.declined = { reason: why.reason, name: why.name };
}

function end(call: ToolCall, kind: 'ran' | 'failed' | 'doubt', ms: number, at: number) {
  call.waiting = null;
  const last = call.parts.at(-1);
  if (last && last.kind === 'ran') last.kind = kind;
  else call.parts.push({ kind, from: at - ms, to: at });
}
