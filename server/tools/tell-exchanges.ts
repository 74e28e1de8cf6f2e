import type { Exchange } from '#src/lib/mcp/exchange.ts';
import type { ReadyStep } from '#src/server/tools/tool-step.ts';

/**
 * Tells the log what went over the wire, after the answer was given: nobody waits for it. What the tool's output filter keeps out of the
 * log may stand in the answer's body, so with a filter that is left out.
 */
export function tellExchanges(step: ReadyStep): void {
  const { runtime, request, names, ids, tool, trace } = step;
  if (request.server.limits.keepMessages === false) return;
  const exchanges = trace.exchanges();
  if (exchanges.length === 0) return;
  const kept = tool.policy.outputFilter === null ? exchanges : exchanges.map(withoutAnswer);
  runtime.write('tool-exchanged', { ...names, exchanges: kept }, ids);
}

const withoutAnswer = (exchange: Exchange): Exchange => ({
  ...exchange,
  response: exchange.response && {
    ...exchange.response,
    body: '[left out: the output filter of this tool decides what is kept of its answers]',
  },
  error: exchange.error === null ? null : '[left out]',
});
