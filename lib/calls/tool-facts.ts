import type { CallEventData } from '#src/lib/calls/call-event.ts';
import type { ToolCall } from '#src/lib/calls/call-item.ts';

export type ToolFacts = {
  /** How often it was sent; 0 when the answer came from what was kept, or from the same request before. */
  sent: number;
  /** The answer of an earlier read was given again. */
  cached: boolean;
  /** The same write was asked for before; its answer was given again. */
  repeated: boolean;
  /** Characters as the server gave them, and as the model got them. */
  chars: { raw: number; shaped: number } | null;
  /** The same in tokens, where they were counted. */
  tokens: { raw: number; shaped: number } | null;
  filterProblem: CallEventData<'tool-succeeded'>['filterProblem'] | null;
};

/** What the runtime decided on the way of a tool call, as its events tell. */
export function toolFacts({ events }: Pick<ToolCall, 'events'>): ToolFacts {
  const facts: ToolFacts = { sent: 0, cached: false, repeated: false, chars: null, tokens: null, filterProblem: null };
  for (const { type, data } of events) {
    if (type === 'tool-started') facts.sent = 1;
    if (type === 'tool-started' && data.repeatOf !== undefined) facts.repeated = true;
    if (type === 'tool-succeeded' || type === 'tool-failed' || type === 'tool-in-doubt')
      facts.sent = data.attempts ?? facts.sent;
    if (type === 'tool-measured') facts.tokens = { raw: data.rawTokens, shaped: data.shapedTokens };
    if (type !== 'tool-succeeded') continue;
    facts.cached = data.cached ?? false;
    facts.filterProblem = data.filterProblem ?? null;
    if (data.rawChars !== undefined && data.shapedChars !== undefined)
      facts.chars = { raw: data.rawChars, shaped: data.shapedChars };
  }
  return facts.cached || facts.repeated ? { ...facts, sent: 0 } : facts;
}
