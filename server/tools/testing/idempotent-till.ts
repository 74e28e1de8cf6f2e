import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { listenOn } from '#src/server/mcp/testing/listen.ts';
import { idempotencyHeader, idempotencyMeta } from '#src/server/mcp/transports/idempotent-request.ts';

/** What goes wrong at the nth try of an order. */
export type TillFault = 'none' | 'cut-before' | 'cut-after' | 'status-503' | 'refused';

/** A real MCP server that keeps its promise: orders with the same key are one. It counts what arrives and what is taken. */
export async function startIdempotentTill(faultOf: (order: string, tries: number) => TillFault) {
  const arrived = new Map<string, { meta: unknown; header: unknown }[]>();
  const taken = new Map<string, number>();
  const byKey = new Map<string, string>();
  const wires = new AsyncLocalStorage<{ request: IncomingMessage; response: ServerResponse }>();
  const make = () => {
    const server = new McpServer({ name: 'till', version: '1' });
    server.registerTool(
      'place_order',
      {
        description: 'Place an order',
        inputSchema: z.object({ order: z.string() }),
        annotations: { idempotentHint: true },
      },
      async ({ order }, { mcpReq }) => {
        const wire = wires.getStore();
        const meta = mcpReq._meta?.[idempotencyMeta];
        const tries = arrived.get(order) ?? [];
        tries.push({ meta, header: wire?.request.headers[idempotencyHeader] });
        arrived.set(order, tries);
        const fault = faultOf(order, tries.length);
        if (fault === 'cut-before') wire?.response.destroy();
        if (fault === 'refused') return { content: [{ type: 'text', text: 'sold out' }], isError: true };
        if (fault === 'cut-before' || fault === 'status-503') return { content: [] };
        const known = typeof meta === 'string' ? byKey.get(meta) : undefined;
        if (known) return { content: [{ type: 'text', text: known }] };
        taken.set(order, (taken.get(order) ?? 0) + 1);
        if (typeof meta === 'string') byKey.set(meta, `ordered ${order}`);
        if (fault === 'cut-after') wire?.response.destroy();
        return { content: [{ type: 'text', text: `ordered ${order}` }] };
      },
    );
    return server;
  };
  const handle = toNodeHandler(createMcpHandler(make));
  const { origin, close } = await listenOn((request, response) => {
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    void wires.run({ request, response }, () => handle(request, response));
  });
  return { url: `${origin}/mcp`, arrived, taken, close };
}
