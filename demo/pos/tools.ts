import { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { PosStore } from '#src/demo/pos/store.ts';

const orderShape = z.object({
  order_number: z.string(),
  item: z.string(),
  quantity: z.number().int(),
  pickup_name: z.string(),
  ready_at: z.string(),
  total_eur: z.number(),
  status: z.string(),
});
const orderNumber = z
  .string()
  .regex(/^A-\d+$/)
  .describe('Number of the order, for example A-2047');

/** The till as an MCP server. Dish names are an enumeration, so that a caller can only ask for what is on the menu. */
export function posServer(store: PosStore, dishNames: [string, ...string[]]): McpServer {
  const server = new McpServer(
    { name: 'pos-trattoria', version: '1.0.0' },
    {
      instructions: 'The till of Trattoria Luigi: menu, stock, customers and orders to take away. Prices are in euros.',
    },
  );
  const dish = z.enum(dishNames).describe('Dish as on the menu');

  server.registerTool(
    'find_customer',
    {
      title: 'Find a customer',
      description:
        'Finds a customer of the restaurant by phone number. Returns name, usual dish and how often they ordered.',
      inputSchema: z.object({ phone: z.string().describe('Phone number of the customer, digits only') }),
      outputSchema: z.object({ name: z.string(), usual: z.string().nullable(), orders: z.number().int() }),
      annotations: { readOnlyHint: true },
    },
    async ({ phone }) => {
      const customer = await store.customer(phone);
      return customer
        ? result({ name: customer.name, usual: customer.usual, orders: customer.orders })
        : failure('No customer has this phone number.');
    },
  );
  server.registerTool(
    'get_menu',
    {
      title: 'Read the menu',
      description: 'Lists the dishes with price, all or of one category.',
      inputSchema: z.object({
        category: z.enum(['pizza', 'pasta', 'dessert', 'drink']).optional().describe('Only this kind of dish'),
      }),
      outputSchema: z.object({ dishes: z.array(z.object({ name: z.string(), price_eur: z.number() })) }),
      annotations: { readOnlyHint: true },
    },
    async ({ category }) =>
      result({
        dishes: (await store.dishes(category)).map((found) => ({ name: found.name, price_eur: found.priceEur })),
      }),
  );
  server.registerTool(
    'check_inventory',
    {
      title: 'Check what is left',
      description: 'Tells how many of a dish are left today.',
      inputSchema: z.object({ item: dish }),
      outputSchema: z.object({ item: z.string(), left: z.number().int() }),
      annotations: { readOnlyHint: true },
    },
    async ({ item }) => {
      const found = await store.dish(item);
      return found ? result({ item: found.name, left: found.left }) : failure('This dish is not on the menu.');
    },
  );
  server.registerTool(
    'place_order',
    {
      title: 'Place an order',
      description: 'Places an order to take away. The kitchen starts at once.',
      inputSchema: z.object({
        item: dish,
        quantity: z.number().int().min(1).max(20).describe('How many of the dish'),
        pickup_name: z.string().min(1).max(60).describe('Name under which the order is picked up'),
      }),
      outputSchema: orderShape,
      annotations: { readOnlyHint: false, destructiveHint: false },
    },
    async ({ item, quantity, pickup_name }) =>
      orderResult(await store.placeOrder({ item, quantity, pickupName: pickup_name })),
  );
  server.registerTool(
    'update_order',
    {
      title: 'Change an order',
      description: 'Changes how many of the dish are wanted, or adds a note for the kitchen.',
      inputSchema: z.object({
        order_number: orderNumber,
        quantity: z.number().int().min(1).max(20).optional().describe('How many of the dish now'),
        note: z.string().max(200).optional().describe('Note for the kitchen, such as without basil'),
      }),
      outputSchema: orderShape,
      annotations: { readOnlyHint: false, destructiveHint: true },
    },
    async ({ order_number, quantity, note }) =>
      orderResult(await store.updateOrder({ orderNumber: order_number, quantity, note })),
  );
  server.registerTool(
    'cancel_order',
    {
      title: 'Cancel an order',
      description: 'Cancels an order that is not ready yet.',
      inputSchema: z.object({ order_number: orderNumber }),
      outputSchema: orderShape,
      annotations: { readOnlyHint: false, destructiveHint: true },
    },
    async ({ order_number }) => orderResult(await store.cancelOrder(order_number)),
  );
  return server;
}

function orderResult(
  order: Awaited<ReturnType<PosStore['placeOrder']>> | Awaited<ReturnType<PosStore['updateOrder']>>,
) {
  if (order === 'unknown-dish') return failure('This dish is not on the menu.');
  if (order === 'unknown-order') return failure('There is no open order with this number.');
  if (order === 'not-enough') return failure('There are not enough of this dish left.');
  return result({
    order_number: order.orderNumber,
    item: order.item,
    quantity: order.quantity,
    pickup_name: order.pickupName,
    ready_at: order.readyAt,
    total_eur: order.totalEur,
    status: order.status,
  });
}

const result = <T extends Record<string, unknown>>(structuredContent: T) => ({
  structuredContent,
  content: [{ type: 'text' as const, text: JSON.stringify(structuredContent) }],
});
const failure = (text: string) => ({ isError: true, content: [{ type: 'text' as const, text }] });
