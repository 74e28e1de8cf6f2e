import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

/** What goes wrong with an order; `cut` breaks the connection. */
export const faults = ['none', 'refused', 'cut-before', 'cut-after', 'status-500', 'status-400', 'late'] as const;
export type Fault = (typeof faults)[number];

export type FaultyTill = {
  url: string;
  /** How often an order arrived, and how often it was taken. */
  arrived: Map<string, number>;
  taken: Map<string, number>;
  stop(): void;
};

/** A real MCP server on loopback that counts the orders it gets, and fails as `faultOf` says. */
export async function startFaultyTill(
  faultOf: (order: string) => { fault: Fault; delayMs: number },
  /** What may be ordered; anything when not given. */
  orders?: readonly [string, ...string[]],
): Promise<FaultyTill> {
  const order = orders ? z.enum(orders).describe('The pizza, by its name on the menu') : z.string();
  const arrived = new Map<string, number>();
  const taken = new Map<string, number>();
  const answers = new AsyncLocalStorage<ServerResponse>();
  const count = (counts: Map<string, number>, order: string) => counts.set(order, (counts.get(order) ?? 0) + 1);
  const make = () => {
    const server = new McpServer({ name: 'till', version: '1' });
    server.registerTool(
      'place_order',
      { description: 'Place an order', inputSchema: z.object({ order }) },
      async ({ order }) => {
        count(arrived, order);
        const { fault, delayMs } = faultOf(order);
        await sleep(delayMs);
        if (fault === 'cut-before') answers.getStore()?.destroy();
        if (fault === 'refused') return { content: [{ type: 'text', text: 'sold out' }], isError: true };
        if (fault === 'cut-before') return { content: [] };
        count(taken, order);
        if (fault === 'cut-after') answers.getStore()?.destroy();
        return { content: [{ type: 'text', text: `ordered ${order}` }] };
      },
    );
    return server;
  };
  const handle = toNodeHandler(createMcpHandler(make));
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString() || 'null');
      const order = orderOf(body);
      const { fault } = order === null ? { fault: 'none' } : faultOf(order);
      const status = fault === 'status-500' ? 500 : fault === 'status-400' ? 400 : null;
      if (order !== null && status !== null) {
        count(arrived, order);
        response.writeHead(status).end();
        return;
      }
      // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
      void answers.run(response, () => handle(request, response, body));
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  return {
    url: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/mcp`,
    arrived,
    taken,
    stop: () => {
      http.closeAllConnections();
      http.close();
    },
  };
}

const callSchema = z.object({
  method: z.literal('tools/call'),
  params: z.object({ arguments: z.object({ order: z.string() }) }),
});

function orderOf(body: unknown): string | null {
  return callSchema.safeParse(body).data?.params.arguments.order ?? null;
}
