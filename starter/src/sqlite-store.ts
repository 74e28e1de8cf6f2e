import { DatabaseSync } from 'node:sqlite';
import { firstStock, type Store } from './store.ts';

/** The store in a file, or in memory with `:memory:`. */
export function openSqlite(file: string): Store {
  const db = new DatabaseSync(file);
  db.exec(`
    pragma journal_mode = wal;
    pragma busy_timeout = 2000;
    create table if not exists stock (
      item text primary key, available integer not null check (available >= 0), price_cents integer not null);
    create table if not exists orders (
      order_number integer primary key autoincrement, item text not null, quantity integer not null,
      customer text not null, placed_at text not null default current_timestamp);
  `);
  const add = db.prepare('insert into stock values (?, ?, ?) on conflict do nothing');
  if (db.prepare('select 1 from stock limit 1').get() === undefined)
    for (const { item, available, priceCents } of firstStock) add.run(item, available, priceCents);

  // Values go in as parameters, never into the text of a statement.
  const find = db.prepare(
    `select item, available, price_cents from stock where instr(lower(item), lower(?)) > 0 order by item limit 10`,
  );
  const take = db.prepare(
    'update stock set available = available - ?1 where item = ?2 and available >= ?1 returning price_cents',
  );
  const write = db.prepare('insert into orders (item, quantity, customer) values (?, ?, ?) returning order_number');

  return {
    findStock: async (words) =>
      find.all(words).map((row) => ({
        item: String(row.item),
        available: Number(row.available),
        priceCents: Number(row.price_cents),
      })),
    placeOrder: async ({ item, quantity, customer }) => {
      db.exec('begin immediate');
      try {
        const taken = take.get(quantity, item);
        const written = taken && write.get(item, quantity, customer);
        db.exec('commit');
        if (!taken || !written) return null;
        const totalCents = Number(taken.price_cents) * quantity;
        return { orderNumber: Number(written.order_number), item, quantity, totalCents };
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
    healthy: async () => db.prepare('select 1 as ok').get() !== undefined,
    close: async () => db.close(),
  };
}
