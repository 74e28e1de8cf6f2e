import { ExchangeView } from '#src/components/handshake/exchange-view.tsx';
import type { ToolCall } from '#src/lib/calls/call-item.ts';
import type { Exchange } from '#src/lib/mcp/exchange.ts';

/** What went over the wire for a tool call; empty where nothing is kept. */
export function exchangesOf({ events }: Pick<ToolCall, 'events'>): Exchange[] {
  return events.flatMap((event) => (event.type === 'tool-exchanged' ? event.data.exchanges : []));
}

/** Each request of a tool call and its answer, as the wire had them. */
export function ToolMessages({ call }: { call: ToolCall }) {
  const exchanges = exchangesOf(call);
  if (exchanges.length === 0)
    return (
      <p className="text-ink-3">
        {call.ms === null
          ? 'The messages are listed here once the answer is there.'
          : 'No messages are kept of this call: nothing was sent, or its server is set to keep none.'}
      </p>
    );
  return exchanges.map((exchange, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: what was sent stays in its order
    <section key={at} className="grid min-w-0 gap-3">
      <ExchangeView exchange={exchange} />
    </section>
  ));
}
