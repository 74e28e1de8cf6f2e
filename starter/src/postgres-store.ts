import postgres from 'postgres';
import { firstStock, type Store } from './store.ts';

/** The store in a Postgres. */
export async function openPostgres(url: string): Promise<Store> {
  const sql = postgres(url, { max: 5, connect_timeout: 5, onnotice: () => {} });
  await sql`
    create table if not exists stock (
      item text primary key, available integer not null check (available >= 0), price_cents integer not null)`;
  await sql`
    create table if not exists orders (
      order_number integer primary key generated always as identity, item text not null, quantity integer not null,
      customer text not null, placed_at timestamptz not null default now())`;
  const [any] = await sql`select 1 from stock limit 1`;
  if (!any)
    for (const { item, available, priceCents } of firstStock)
      await sql`insert into stock values (${item}, ${available}, ${priceCents}) on conflict do nothing`;

  return {
    findStock: async (words) => {
      const rows = await sql`
        select item, available, price_cents from stock
        where position(lower(${words}) in lower(item)) > 0 order by item limit 10`;
      return rows.map((row) => ({
        item: String(row.item),
        available: Number(row.available),
        priceCents: Number(row.price_cents),
      }));
    },
    placeOrder: ({ item, quantity, customer }) =>
      sql.begin(async (tx) => {
        const [taken] = await tx`
          update stock set available = available - ${quantity}
          where item = ${item} and available >= ${quantity} returning price_cents`;
        if (!taken) return null;
        const [written] = await tx`
          insert into orders (item, quantity, customer) values (${item}, ${quantity}, ${customer}) returning order_number`;
        const totalCents = Number(taken.price_cents) * quantity;
        return { orderNumber: Number(written?.order_number), item, quantity, totalCents };
      }),
    healthy: async () => (await sql`select 1 as ok`).length === 1,
    close: () => sql.end({ timeout: 2 }),
  };
}
