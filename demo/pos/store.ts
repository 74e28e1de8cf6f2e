import postgres from 'postgres';

export type Dish = { name: string; category: 'pizza' | 'pasta' | 'dessert' | 'drink'; priceEur: number; left: number };
export type Customer = { name: string; phone: string; usual: string | null; orders: number };
export type Order = {
  orderNumber: string;
  item: string;
  quantity: number;
  pickupName: string;
  note: string | null;
  readyAt: string;
  totalEur: number;
  status: string;
};

const menu: Dish[] = [
  { name: 'margherita', category: 'pizza', priceEur: 9.5, left: 7 },
  { name: 'marinara', category: 'pizza', priceEur: 8, left: 12 },
  { name: 'diavola', category: 'pizza', priceEur: 11, left: 4 },
  { name: 'quattro formaggi', category: 'pizza', priceEur: 12, left: 0 },
  { name: 'carbonara', category: 'pasta', priceEur: 12.5, left: 9 },
  { name: 'lasagna', category: 'pasta', priceEur: 13, left: 3 },
  { name: 'tiramisu', category: 'dessert', priceEur: 6, left: 5 },
  { name: 'lemonade', category: 'drink', priceEur: 4, left: 30 },
];
const customers: Customer[] = [
  { name: 'Mara Conti', phone: '5550134', usual: 'margherita', orders: 14 },
  { name: 'Paolo Ricci', phone: '5550178', usual: 'carbonara', orders: 3 },
  { name: 'Ines Costa', phone: '5550121', usual: null, orders: 1 },
];
const firstOrder = 2046;
const minutesToReady = 20;

export type PosStore = ReturnType<typeof openPosStore>;

/** The till: dishes, customers and orders in a Postgres schema of its own. */
export function openPosStore(databaseUrl: string) {
  const sql = postgres(databaseUrl, {
    max: 4,
    onnotice: () => {},
    connection: { search_path: 'demo_pos' },
    transform: postgres.camel,
  });
  const seed = () =>
    sql.begin(async (tx) => {
      await tx`truncate dishes, customers, orders`;
      await tx`insert into dishes ${tx(menu.map((dish, position) => ({ name: dish.name, category: dish.category, price_eur: dish.priceEur, in_stock: dish.left, position })))}`;
      await tx`insert into customers ${tx(customers.map((customer) => ({ ...customer })))}`;
      await tx`select setval('order_number', ${firstOrder})`;
    });
  return {
    /** Makes the tables, and fills them when they are empty. */
    async prepare() {
      await sql`create table if not exists dishes (name text primary key, category text not null, price_eur numeric(8,2) not null, in_stock int not null check (in_stock >= 0), position int not null)`;
      await sql`create table if not exists customers (name text not null, phone text primary key, usual text, orders int not null default 0)`;
      await sql`create table if not exists orders (order_number text primary key, item text not null references dishes(name) deferrable, quantity int not null check (quantity > 0), pickup_name text not null, note text, ready_at timestamptz not null, total_eur numeric(8,2) not null, status text not null, created_at timestamptz not null default now())`;
      await sql`create sequence if not exists order_number`;
      const [row] = await sql<{ n: number }[]>`select count(*)::int as n from dishes`;
      if (row?.n === 0) await seed();
    },
    reset: seed,
    async healthy() {
      await sql`select 1`;
      return true;
    },
    async dishes(category: Dish['category'] | undefined): Promise<Dish[]> {
      return sql<
        Dish[]
      >`select name, category, price_eur::float, in_stock as left from dishes where ${category ? sql`category = ${category}` : sql`true`} order by position`;
    },
    async dish(name: string): Promise<Dish | undefined> {
      const [dish] = await sql<
        Dish[]
      >`select name, category, price_eur::float, in_stock as left from dishes where name = ${name.toLowerCase()}`;
      return dish;
    },
    async customer(phone: string): Promise<Customer | undefined> {
      const [customer] = await sql<
        Customer[]
      >`select name, phone, usual, orders from customers where phone = ${phone.replace(/\D/g, '')}`;
      return customer;
    },
    /** Takes the dishes out of stock and writes the order, or neither. */
    placeOrder(order: {
      item: string;
      quantity: number;
      pickupName: string;
    }): Promise<Order | 'unknown-dish' | 'not-enough'> {
      return sql.begin(async (tx) => {
        const [dish] = await tx<
          { inStock: number }[]
        >`select in_stock from dishes where name = ${order.item} for update`;
        if (!dish) return 'unknown-dish';
        if (dish.inStock < order.quantity) return 'not-enough';
        await tx`update dishes set in_stock = in_stock - ${order.quantity} where name = ${order.item}`;
        const [made] = await tx<Order[]>`
          insert into orders (order_number, item, quantity, pickup_name, ready_at, total_eur, status)
          select 'A-' || nextval('order_number'), name, ${order.quantity}, ${order.pickupName}, date_trunc('minute', now()) + make_interval(mins => ${minutesToReady}), price_eur * ${order.quantity}, 'accepted'
          from dishes where name = ${order.item}
          returning order_number, item, quantity, pickup_name, note, to_char(ready_at, 'HH24:MI') as ready_at, total_eur::float, status`;
        return made ?? 'unknown-dish';
      });
    },
    /** Changes quantity or note of an order that the kitchen has not begun. */
    updateOrder(change: {
      orderNumber: string;
      quantity?: number | undefined;
      note?: string | undefined;
    }): Promise<Order | 'unknown-order' | 'not-enough'> {
      return sql.begin(async (tx) => {
        const [order] = await tx<
          { item: string; quantity: number }[]
        >`select item, quantity from orders where order_number = ${change.orderNumber} and status = 'accepted' for update`;
        if (!order) return 'unknown-order';
        const more = (change.quantity ?? order.quantity) - order.quantity;
        const [dish] = await tx<
          { inStock: number }[]
        >`select in_stock from dishes where name = ${order.item} for update`;
        if (!dish || dish.inStock < more) return 'not-enough';
        await tx`update dishes set in_stock = in_stock - ${more} where name = ${order.item}`;
        const [changed] = await tx<Order[]>`
          update orders set quantity = quantity + ${more}, note = coalesce(${change.note ?? null}, note),
            total_eur = (select price_eur from dishes where name = item) * (quantity + ${more})
          where order_number = ${change.orderNumber}
          returning order_number, item, quantity, pickup_name, note, to_char(ready_at, 'HH24:MI') as ready_at, total_eur::float, status`;
        return changed ?? 'unknown-order';
      });
    },
    cancelOrder(orderNumber: string): Promise<Order | 'unknown-order'> {
      return sql.begin(async (tx) => {
        const [order] = await tx<Order[]>`
          update orders set status = 'cancelled' where order_number = ${orderNumber} and status = 'accepted'
          returning order_number, item, quantity, pickup_name, note, to_char(ready_at, 'HH24:MI') as ready_at, total_eur::float, status`;
        if (!order) return 'unknown-order';
        await tx`update dishes set in_stock = in_stock + ${order.quantity} where name = ${order.item}`;
        return order;
      });
    },
    close: () => sql.end({ timeout: 2 }),
  };
}
