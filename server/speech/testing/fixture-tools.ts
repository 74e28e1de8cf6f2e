import type { RehearsalTool } from '#src/lib/rehearsal/rehearsal-tool.ts';

type Properties = Record<string, Record<string, unknown>>;

function tool(
  effect: 'read' | 'write',
  name: string,
  title: string,
  description: string,
  properties: Properties,
  required = Object.keys(properties),
): RehearsalTool {
  return {
    key: name,
    effect,
    definition: { name, title, description, inputSchema: { type: 'object', properties, required } },
  };
}

const dish = {
  type: 'string',
  enum: ['margherita', 'marinara', 'diavola', 'quattro formaggi', 'carbonara', 'lasagna', 'tiramisu', 'lemonade'],
  description: 'Dish as on the menu',
};
const orderNumber = { type: 'string', pattern: '^A-\\d+$', description: 'Number of the order, for example A-2047' };
const visit = {
  date: { type: 'string', format: 'date', description: 'Day of the visit' },
  time: { type: 'string', enum: ['18:00', '19:00', '20:00', '21:00'], description: 'Time of the visit' },
  people: { type: 'integer', minimum: 1, maximum: 10, description: 'How many people come' },
};

/** A restaurant's till and its book of tables. */
export const restaurant = {
  tools: [
    tool(
      'read',
      'get_menu',
      'Read the menu',
      'Lists the dishes with price, all or of one category.',
      { category: { type: 'string', enum: ['pizza', 'pasta', 'dessert', 'drink'] } },
      [],
    ),
    tool('read', 'check_inventory', 'Check what is left', 'Tells how many of a dish are left today.', { item: dish }),
    tool('write', 'place_order', 'Place an order', 'Places an order to take away. The kitchen starts at once.', {
      item: dish,
      quantity: { type: 'integer', minimum: 1, maximum: 20, description: 'How many of the dish' },
      pickup_name: { type: 'string', description: 'Name under which the order is picked up' },
    }),
    tool('write', 'cancel_order', 'Cancel an order', 'Cancels an order that is not ready yet.', {
      order_number: orderNumber,
    }),
    tool('read', 'find_slots', 'Find a free table', 'Lists the free tables for a party on a day.', visit, [
      'date',
      'people',
    ]),
    tool('write', 'book_table', 'Book a table', 'Books a table for a party.', {
      ...visit,
      name: { type: 'string', description: 'Name for the booking' },
    }),
  ],
  phrases: [
    'How many margherita pizzas are left?',
    'I would like to order two margheritas',
    'Book a table for four people tomorrow at eight',
  ],
};

/** A workshop: other words, nested fields, numbers with a point, a list of objects. */
export const workshop = {
  tools: [
    tool('read', 'get_part_price', 'Look up a price', 'Returns the price of a spare part.', {
      part: { type: 'string', enum: ['brake pad', 'oil filter', 'spark plug', 'battery'] },
    }),
    tool('read', 'repair_status', 'Ask about a repair', 'Tells how far a repair is.', {
      ticket: { type: 'integer', minimum: 1, maximum: 9999, description: 'Number of the repair ticket' },
    }),
    tool('write', 'schedule_inspection', 'Schedule an inspection', 'Schedules an inspection of a car.', {
      when: { type: 'string', format: 'date-time', description: 'When the car comes' },
      car: {
        type: 'object',
        properties: {
          plate: { type: 'string', description: 'Plate number, such as KL-204' },
          electric: { type: 'boolean' },
        },
        required: ['plate', 'electric'],
      },
    }),
    tool('write', 'write_invoice', 'Write an invoice', 'Writes an invoice.', {
      lines: {
        type: 'array',
        items: {
          type: 'object',
          properties: { work: { type: 'string', enum: ['painting', 'welding'] }, hours: { type: 'number' } },
          required: ['work', 'hours'],
        },
      },
    }),
  ],
  phrases: ['What does a battery cost?', 'Is my car ready?'],
};
