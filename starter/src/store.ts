export type Stock = { item: string; available: number; priceCents: number };
export type Order = { orderNumber: number; item: string; quantity: number; totalCents: number };

/** What the tools need of a database. */
export type Store = {
  /** Items whose name contains these words, at most ten. */
  findStock(words: string): Promise<Stock[]>;
  /** Takes the items out of the stock; null when there are too few, or no such item. */
  placeOrder(order: { item: string; quantity: number; customer: string }): Promise<Order | null>;
  healthy(): Promise<boolean>;
  close(): Promise<void>;
};

/** What a new database begins with; replace it by your own data. */
export const firstStock: readonly Stock[] = [
  { item: 'margherita', available: 20, priceCents: 950 },
  { item: 'quattro formaggi', available: 12, priceCents: 1250 },
  { item: 'tiramisu', available: 8, priceCents: 600 },
];

/** Opens the database at this address, SQLite or Postgres, and makes its tables where they are missing. */
export async function openStore(databaseUrl: string): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(databaseUrl)) return (await import('./postgres-store.ts')).openPostgres(databaseUrl);
  return (await import('./sqlite-store.ts')).openSqlite(databaseUrl);
}
