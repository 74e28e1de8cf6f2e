import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { FrozenServer } from '#src/lib/calls/frozen-call.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { frozenServer } from '#src/server/agent/testing/frozen-server.ts';

export type CountingServer = {
  /** As a call sees it: a read that answers, a write that answers, a read that never does. */
  frozen: FrozenServer;
  /** Each call that arrived, with its wall time in ms since the epoch. */
  calls: { tool: string; args: Record<string, unknown>; at: number }[];
  stop(): void;
};

/** A real MCP server on loopback that counts what it is asked. The hours are answered after `hoursAfterMs`, else never. */
export async function startCountingServer(options: { hoursAfterMs?: number } = {}): Promise<CountingServer> {
  const { hoursAfterMs } = options;
  const calls: CountingServer['calls'] = [];
  const left = { item: z.enum(['margherita', 'funghi', 'diavola']).describe('The pizza, by its name on the menu') };
  const make = () => {
    const server = new McpServer({ name: 'counting', version: '1' });
    const count = (tool: string, args: Record<string, unknown>) => calls.push({ tool, args, at: Date.now() });
    server.registerTool(
      'check_inventory',
      { description: 'How many pizzas of a kind are left', inputSchema: z.object(left) },
      async (args) => {
        count('check_inventory', args);
        return { content: [{ type: 'text', text: `7 left` }], structuredContent: { item: args.item, left: 7 } };
      },
    );
    server.registerTool(
      'place_order',
      { description: 'Place an order for a pizza', inputSchema: z.object(left) },
      async (args) => {
        count('place_order', args);
        return { content: [{ type: 'text', text: 'ordered' }], structuredContent: { item: args.item, ordered: true } };
      },
    );
    server.registerTool(
      'opening_hours',
      { description: 'Opening hours of the shop today', inputSchema: z.object({}) },
      async (args) => {
        count('opening_hours', args);
        if (hoursAfterMs === undefined) return new Promise<never>(() => {});
        await sleep(hoursAfterMs);
        return { content: [{ type: 'text', text: 'From ten to eight.' }] };
      },
    );
    return server;
  };
  const handle = toNodeHandler(createMcpHandler(make));
  // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
  const http = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  const url = `http://127.0.0.1:${port}/mcp`;
  const frozen = await frozenServer({ id: 'srv_counting', name: 'Counting', url }, (tool) => ({
    ...newToolPolicy,
    allowed: true,
    effect: tool === 'place_order' ? 'write' : 'read',
    confirmation: 'never',
    timeoutMs: tool === 'opening_hours' && hoursAfterMs === undefined ? 2_500 : 10_000,
  }));
  return {
    frozen,
    calls,
    stop: () => {
      http.closeAllConnections();
      http.close();
    },
  };
}
