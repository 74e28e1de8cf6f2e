import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import type { Booking, BookingStore } from '#src/demo/bookings/store.ts';

const date = z.iso.date().describe('Day of the visit');
const time = z.enum(['18:00', '19:00', '20:00', '21:00']).describe('Time of the visit');
const people = z.number().int().min(1).max(10).describe('How many people come');
const bookingNumber = z.string().regex(/^\d+$/).describe('Number of the booking, for example 7731');
const bookingShape = {
  booking_number: z.string(),
  date: z.string(),
  time: z.string(),
  people: z.number().int(),
  room: z.string(),
  name: z.string(),
  status: z.string(),
};

/** The book of tables as an MCP server of the handshake era. */
export function bookingsServer(store: BookingStore): McpServer {
  const server = new McpServer(
    { name: 'bookings-trattoria', version: '1.0.0' },
    { instructions: 'Tables at Trattoria Luigi, open from 18:00.' },
  );
  server.registerTool(
    'find_slots',
    {
      title: 'Find a free table',
      description: 'Lists the free tables for a party on a day.',
      inputSchema: { date, people, time: time.optional() },
      outputSchema: { slots: z.array(z.object({ time: z.string(), room: z.string() })) },
      annotations: { readOnlyHint: true },
    },
    async (wish) => {
      const slots = await store.freeSlots(wish.date, wish.people, wish.time);
      return result({ slots: slots.map((slot) => ({ time: slot.time, room: slot.room })) });
    },
  );
  server.registerTool(
    'book_table',
    {
      title: 'Book a table',
      description: 'Books a table for a party.',
      inputSchema: { date, time, people, name: z.string().min(1).max(60).describe('Name for the booking') },
      outputSchema: bookingShape,
      annotations: { readOnlyHint: false, destructiveHint: false },
    },
    async (wish) => bookingResult(await store.book(wish)),
  );
  server.registerTool(
    'reschedule_booking',
    {
      title: 'Move a booking',
      description: 'Moves a booking to another day or time.',
      inputSchema: { booking_number: bookingNumber, date, time },
      outputSchema: bookingShape,
      annotations: { readOnlyHint: false, destructiveHint: true },
    },
    async (wish) => bookingResult(await store.reschedule(wish.booking_number, wish.date, wish.time)),
  );
  server.registerTool(
    'cancel_booking',
    {
      title: 'Cancel a booking',
      description: 'Cancels a booking.',
      inputSchema: { booking_number: bookingNumber },
      outputSchema: bookingShape,
      annotations: { readOnlyHint: false, destructiveHint: true },
    },
    async (wish) => bookingResult(await store.cancel(wish.booking_number)),
  );
  return server;
}

function bookingResult(booking: Booking | 'unknown' | 'full') {
  if (booking === 'unknown') return failure('There is no booking with this number.');
  if (booking === 'full') return failure('There is no free table at that time.');
  return result({
    booking_number: booking.bookingNumber,
    date: booking.date,
    time: booking.time,
    people: booking.people,
    room: booking.room,
    name: booking.name,
    status: booking.status,
  });
}

const result = (structuredContent: Record<string, unknown>) => ({
  structuredContent,
  content: [{ type: 'text' as const, text: JSON.stringify(structuredContent) }],
});
const failure = (text: string) => ({ isError: true, content: [{ type: 'text' as const, text }] });
