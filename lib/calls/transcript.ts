import { z } from 'zod';
import type { CallEvent } from '#src/lib/calls/call-event.ts';

const turnSchema = z.object({
  kind: z.literal('turn'),
  who: z.enum(['caller', 'agent']),
  turnId: z.string().nullable(),
  /** Milliseconds from t = 0. */
  at: z.number().nullable(),
  /** What was said; of the agent only what was heard. */
  text: z.string(),
  /** Made, but cut off before it was heard. */
  unheard: z.string().optional(),
  source: z.enum(['spoken', 'typed']).optional(),
});
const toolSchema = z.object({
  kind: z.literal('tool'),
  toolCallId: z.string().nullable(),
  turnId: z.string().nullable(),
  at: z.number().nullable(),
  serverName: z.string(),
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  state: z.enum(['waiting', 'running', 'succeeded', 'failed', 'in-doubt', 'declined']),
  ms: z.number().nullable(),
  answer: z.string().nullable(),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export const transcriptSchema = z.object({ items: z.array(z.discriminatedUnion('kind', [turnSchema, toolSchema])) });
export type Transcript = z.infer<typeof transcriptSchema>;

/** Turns and tool calls of a call, in the order they began. */
export function transcriptOf(events: readonly CallEvent[]): Transcript {
  const items: Transcript['items'] = [];
  const speech = new Map<string, z.infer<typeof turnSchema>>();
  const tools = new Map<string, z.infer<typeof toolSchema>>();
  for (const event of events) {
    const place = { turnId: event.turnId ?? null, at: event.at };
    const tool = tools.get(event.toolCallId ?? '');
    if (event.type === 'turn-committed')
      items.push({ kind: 'turn', who: 'caller', ...place, text: event.data.text, source: event.data.source });
    else if (event.type === 'agent-speech-started') {
      const turn = { kind: 'turn' as const, who: 'agent' as const, ...place, text: event.data.text };
      speech.set(event.data.speechId, turn);
      items.push(turn);
    } else if (event.type === 'agent-speech-ended') {
      const turn = speech.get(event.data.speechId);
      if (turn) turn.text = event.data.text;
    } else if (event.type === 'agent-speech-interrupted') {
      const turn = speech.get(event.data.speechId);
      if (turn) Object.assign(turn, { text: event.data.heard, unheard: event.data.unheard });
    } else if (tool && event.type === 'tool-started') tool.state = 'running';
    else if (event.type === 'tool-started' || (!tool && event.type === 'tool-waiting')) {
      const { serverName, tool: name, arguments: args = {} } = event.data;
      const started: z.infer<typeof toolSchema> = {
        kind: 'tool',
        toolCallId: event.toolCallId ?? null,
        ...place,
        serverName,
        tool: name,
        arguments: args,
        state: event.type === 'tool-started' ? 'running' : 'waiting',
        ms: null,
        answer: null,
        error: null,
      };
      tools.set(event.toolCallId ?? '', started);
      items.push(started);
    } else if (tool && event.type === 'tool-declined') tool.state = 'declined';
    else if (tool && event.type === 'tool-succeeded')
      Object.assign(tool, { state: 'succeeded', ms: event.data.ms, answer: event.data.answer });
    else if (tool && event.type === 'tool-failed')
      Object.assign(tool, {
        state: 'failed',
        ms: event.data.ms,
        error: { code: event.data.code, message: event.data.message },
      });
    else if (tool && event.type === 'tool-in-doubt')
      Object.assign(tool, {
        state: 'in-doubt',
        ms: event.data.ms,
        error: { code: 'in-doubt', message: event.data.message },
      });
  }
  return { items };
}
