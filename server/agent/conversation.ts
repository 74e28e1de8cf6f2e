import type { AgentInputItem } from '@openai/agents';
import type { Turn } from '#src/server/agent/turn.ts';
import type { Utterance } from '#src/server/agent/utterance.ts';

/** What the model is told of a call: what the caller said, which tools ran, and of its own words only those heard. */
export class Conversation {
  readonly #entries: (Turn | Utterance)[] = [];

  /** Adds a committed turn, or something the agent says. In the order in which they happen. */
  add(entry: Turn | Utterance): void {
    this.#entries.push(entry);
  }

  get turns(): number {
    return this.#entries.filter(isTurn).length;
  }

  /** The history, and `next` as the newest thing the caller said. */
  items(next?: Turn): AgentInputItem[] {
    const items = this.#entries.filter((entry) => entry !== next).flatMap(itemsOf);
    if (next) items.push(...itemsOf(next));
    return items;
  }
}

function isTurn(entry: Turn | Utterance): entry is Turn {
  return 'exchanges' in entry;
}

function itemsOf(entry: Turn | Utterance): AgentInputItem[] {
  if (!isTurn(entry)) return heardItem(entry);
  // What an operator released is nobody's words.
  const said: AgentInputItem[] = entry.text ? [{ type: 'message', role: 'user', content: entry.text }] : [];
  return [
    ...said,
    ...entry.exchanges.flatMap((exchange): AgentInputItem[] => [
      {
        type: 'function_call',
        callId: exchange.callId,
        name: exchange.name,
        arguments: exchange.arguments,
        status: 'completed',
      },
      {
        type: 'function_call_result',
        callId: exchange.callId,
        name: exchange.name,
        status: 'completed',
        output: { type: 'text', text: exchange.output },
      },
    ]),
  ];
}

/** A filler says nothing that the conversation needs. */
function heardItem(utterance: Utterance): AgentInputItem[] {
  const text = utterance.heard ?? (utterance.startedAt === null ? '' : utterance.text);
  if (!text || utterance.kind === 'filler') return [];
  return [{ type: 'message', role: 'assistant', status: 'completed', content: [{ type: 'output_text', text }] }];
}
