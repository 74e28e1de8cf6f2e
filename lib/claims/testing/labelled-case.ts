import type { ToolCall } from '#src/lib/calls/call-item.ts';

/**
 * One utterance with the tools that ran before it. Claims are marked as `[words](tool)`: the tool that proves them, or
 * `nothing`.
 */
export type LabelledCase = [tools: ToolCall[], marked: string];

type Label = { from: number; to: number; tool: string | null };

/** When the labelled utterances begin to sound, and for how long they do, ms. */
export const saidAt = 10_000;
export const saidForMs = 4_000;

/** The words of a marked utterance, and where its claims stand in them. */
export function readMarks(marked: string): { said: string; labels: Label[] } {
  let said = '';
  const labels: Label[] = [];
  let end = 0;
  for (const mark of marked.matchAll(/\[([^\]]+)\]\((\w+)\)/g)) {
    said += marked.slice(end, mark.index);
    const words = mark[1] ?? '';
    labels.push({
      from: said.length,
      to: said.length + words.length,
      tool: mark[2] === 'nothing' ? null : (mark[2] ?? ''),
    });
    said += words;
    end = mark.index + mark[0].length;
  }
  return { said: said + marked.slice(end), labels };
}

/** A read that answered before the agent spoke. */
export function read(tool: string, given: Record<string, unknown>, answer: unknown): ToolCall {
  return { ...base(tool, given), effect: 'read', state: 'succeeded', ms: 200, ...answered(answer) };
}

/** A write that answered before the agent spoke. */
export function write(tool: string, given: Record<string, unknown>, answer: unknown = {}): ToolCall {
  return { ...base(tool, given), state: 'succeeded', ms: 200, ...answered(answer) };
}

/** A write that failed. */
export function failed(tool: string, given: Record<string, unknown> = {}): ToolCall {
  return {
    ...base(tool, given),
    state: 'failed',
    ms: 200,
    failure: { code: 'tool-error', message: 'The server answered with an error.', raw: null },
  };
}

/** A write of which nobody knows whether it happened. */
export function inDoubt(tool: string, given: Record<string, unknown> = {}): ToolCall {
  return {
    ...base(tool, given),
    state: 'in-doubt',
    ms: 200,
    failure: { code: 'in-doubt', message: 'No answer in time.', raw: null },
  };
}

/** A write that waits for a yes. */
export function waiting(tool: string, given: Record<string, unknown> = {}): ToolCall {
  return { ...base(tool, given), state: 'waiting', waiting: { for: 'caller', note: '', at: 9_000 } };
}

/** The same call, answered only after the agent had spoken. */
export function late(call: ToolCall): ToolCall {
  return { ...call, at: 20_000, parts: [{ kind: 'ran', from: 20_000, to: 20_200 }] };
}

function base(tool: string, given: Record<string, unknown>): ToolCall {
  return {
    kind: 'tool',
    id: tool,
    turnId: null,
    at: 9_000,
    serverId: 'server',
    serverName: 'Server',
    tool,
    effect: 'write',
    arguments: given,
    state: 'running',
    parts: [{ kind: 'ran', from: 9_000, to: 9_200 }],
    ms: null,
    answer: null,
    content: [],
    structured: undefined,
    failure: null,
    waiting: null,
    declined: null,
    progress: null,
    events: [],
  };
}

function answered(answer: unknown): Pick<ToolCall, 'answer' | 'structured'> {
  return typeof answer === 'string'
    ? { answer, structured: undefined }
    : { answer: JSON.stringify(answer), structured: answer };
}
