import postgres from 'postgres';

export type Slot = { date: string; time: string; room: string };
export type Booking = {
  bookingNumber: string;
  date: string;
  time: string;
  people: number;
  room: string;
  name: string;
  status: string;
};

const rooms = [
  { room: 'garden room', seats: 6 },
  { room: 'dining room', seats: 10 },
];
const times = ['18:00', '19:00', '20:00', '21:00'];
const firstBooking = 7730;

export type BookingStore = ReturnType<typeof openBookingStore>;

/** The book of tables, in a Postgres schema of its own. A slot is a room at a time; a booking takes it. */
export function openBookingStore(databaseUrl: string) {
  const sql = postgres(databaseUrl, {
    max: 4,
    onnotice: () => {},
    connection: { search_path: 'demo_bookings' },
    transform: postgres.camel,
  });
  const shape = sql`booking_number, to_char(day, 'YYYY-MM-DD') as date, at_time as time, people, room, name, status`;
  return {
    async prepare() {
      await sql`create table if not exists bookings (booking_number text primary key, day date not null, at_time text not null, people int not null check (people > 0), room text not null, name text not null, status text not null default 'booked')`;
      await sql`create unique index if not exists one_party_a_slot on bookings (day, at_time, room) where status = 'booked'`;
      await sql`create sequence if not exists booking_number start ${sql.unsafe(String(firstBooking + 1))}`;
    },
    async reset() {
      await sql`truncate bookings`;
      await sql`select setval('booking_number', ${firstBooking})`;
    },
    async healthy() {
      await sql`select 1`;
      return true;
    },
    /** Free rooms for a party on a day, at one time or at any. */
    async freeSlots(date: string, people: number, time: string | undefined): Promise<Slot[]> {
      const taken = await sql<
        { time: string; room: string }[]
      >`select at_time as time, room from bookings where day = ${date} and status = 'booked'`;
      return times
        .filter((at) => time === undefined || at === time)
        .flatMap((at) => rooms.filter((room) => room.seats >= people).map(({ room }) => ({ date, time: at, room })))
        .filter((slot) => !taken.some((row) => row.time === slot.time && row.room === slot.room));
    },
    /** Takes the first free room that is large enough, or none. */
    async book(wish: { date: string; time: string; people: number; name: string }): Promise<Booking | 'full'> {
      for (const { room } of rooms.filter((candidate) => candidate.seats >= wish.people)) {
        const [booking] = await sql<Booking[]>`
          insert into bookings (booking_number, day, at_time, people, room, name)
          values (nextval('booking_number')::text, ${wish.date}, ${wish.time}, ${wish.people}, ${room}, ${wish.name})
          on conflict (day, at_time, room) where status = 'booked' do nothing returning ${shape}`;
        if (booking) return booking;
      }
      return 'full';
    },
    async reschedule(bookingNumber: string, date: string, time: string): Promise<Booking | 'unknown' | 'full'> {
      return sql.begin(async (tx) => {
        const [booking] = await tx<
          { people: number }[]
        >`select people from bookings where booking_number = ${bookingNumber} and status = 'booked' for update`;
        if (!booking) return 'unknown';
        for (const { room } of rooms.filter((candidate) => candidate.seats >= booking.people)) {
          const [moved] = await tx<Booking[]>`
            update bookings set day = ${date}, at_time = ${time}, room = ${room} where booking_number = ${bookingNumber}
            and not exists (select 1 from bookings b where b.day = ${date} and b.at_time = ${time} and b.room = ${room} and b.status = 'booked' and b.booking_number <> ${bookingNumber})
            returning ${shape}`;
          if (moved) return moved;
        }
        return 'full';
      });
    },
    async cancel(bookingNumber: string): Promise<Booking | 'unknown'> {
      const [booking] = await sql<
        Booking[]
      >`update bookings set status = 'cancelled' where booking_number = ${bookingNumber} and status = 'booked' returning ${shape}`;
      return booking ?? 'unknown';
    },
    close: () => sql.end({ timeout: 2 }),
  };
}
