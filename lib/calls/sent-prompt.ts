import type { CallEvent } from '#src/lib/calls/call-event.ts';

export type SentPrompt = { instructions: string; tools: string[]; items: unknown[] };

/** The whole prompt of the round that began with the event `seq`, put together from the log; null where it was not kept. */
export function sentPrompt(events: readonly CallEvent[], seq: number): SentPrompt | null {
  const prompt: SentPrompt = { instructions: '', tools: [], items: [] };
  for (const event of events) {
    if (event.type !== 'model-started') continue;
    const { prompt: change } = event.data;
    if (change) {
      prompt.instructions = change.instructions ?? prompt.instructions;
      prompt.tools = change.tools ?? prompt.tools;
      prompt.items = [...prompt.items.slice(0, change.same), ...change.items];
    }
    if (event.seq === seq) return change ? prompt : null;
  }
  return null;
}
