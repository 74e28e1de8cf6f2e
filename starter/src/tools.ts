import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Store } from './store.ts';

/** The tools of this server. Each does one thing, says when it is to be used, and describes what it asks for. */
export function createServer(store: Store): McpServer {
  const server = new McpServer(
    { name: 'my-mcp-server', version: '0.1.0' },
    { instructions: 'Check the stock before an order is placed. Read an order back before you place it.' },
  );

  server.registerTool(
    'check_stock',
    {
      title: 'Check stock',
      description: 'Tells how many of an item are available and what it costs. Use it when a caller asks for an item.',
      inputSchema: z.object({
        item: z.string().trim().min(1).max(60).describe('The item as the caller said it, such as "margherita".'),
      }),
      outputSchema: z.object({
        items: z.array(z.object({ item: z.string(), available: z.number().int(), price: z.string() })),
      }),
      annotations: { readOnlyHint: true, openWorldHint: false },
    },
    async ({ item }) => {
      const items = (await store.findStock(item)).map((found) => ({
        item: found.item,
        available: found.available,
        price: money(found.priceCents),
      }));
      const text = items.length === 0 ? `There is no ${item}.` : items.map(sentence).join(' ');
      return { content: [{ type: 'text', text }], structuredContent: { items } };
    },
  );

  server.registerTool(
    'place_order',
    {
      title: 'Place order',
      description: 'Orders an item for a caller. Use it after the caller has agreed to item, quantity and price.',
      inputSchema: z.object({
        item: z.string().trim().min(1).max(60).describe('The item exactly as check_stock names it.'),
        quantity: z.number().int().min(1).max(20).describe('How many of it, from 1 to 20.'),
        customer: z.string().trim().min(1).max(80).describe('The name of the caller, for the pick-up.'),
      }),
      annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false },
    },
    async (asked) => {
      const order = await store.placeOrder(asked);
      if (!order)
        return {
          isError: true,
          content: [{ type: 'text', text: `There are not enough of ${asked.item}. Nothing was ordered.` }],
        };
      const text = `Order ${order.orderNumber}: ${order.quantity} ${order.item}, ${money(order.totalCents)}.`;
      return { content: [{ type: 'text', text }] };
    },
  );
  return server;
}

const money = (cents: number): string => `${(cents / 100).toFixed(2)} euros`;
const sentence = (found: { item: string; available: number; price: string }): string =>
  `${found.item}: ${found.available} available, ${found.price} each.`;
