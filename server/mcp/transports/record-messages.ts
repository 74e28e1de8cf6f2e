import type { JSONRPCMessage } from '@modelcontextprotocol/client';
import type { OpenExchange, Traffic } from '#src/server/mcp/transports/traffic.ts';

/** Records the messages of a stdio server as exchanges: a request with its answer, a notification alone. */
export function recordMessages(traffic: Traffic, name: string) {
  const waiting = new Map<string | number, OpenExchange>();
  const begin = (method: 'STDIN' | 'STDOUT', message: JSONRPCMessage) =>
    traffic.begin({ method, url: `stdio:${name}`, headers: [], body: JSON.stringify(message) });
  return {
    sent(message: JSONRPCMessage): void {
      const exchange = begin('STDIN', message);
      if ('method' in message && 'id' in message && message.id !== undefined) waiting.set(message.id, exchange);
      else exchange.ended();
    },
    received(message: JSONRPCMessage): void {
      const asked = !('method' in message) && message.id !== undefined ? waiting.get(message.id) : undefined;
      if (!asked || 'method' in message || message.id === undefined) {
        begin('STDOUT', message).ended();
        return;
      }
      waiting.delete(message.id);
      asked.answered(0, []);
      asked.chunk(Buffer.from(JSON.stringify(message)));
      asked.ended();
    },
  };
}
