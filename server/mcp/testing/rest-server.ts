import type { IncomingMessage, ServerResponse } from 'node:http';
import postgres from 'postgres';
import { z } from 'zod';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';

export type RestServer = Listening & {
  /** The bodies it was sent, with their paths. */
  seen: { path: string; body: unknown }[];
  /** What GET /health answers. */
  health: number;
};

const paramsSchema = z.record(z.string(), z.unknown());
const bodySchema = z.union([
  z.object({
    method: z.string(),
    params: z.object({ query: z.string().optional(), action: z.string().optional(), args: paramsSchema }),
  }),
  z.object({ query: z.string().optional(), action: z.string().optional(), params: paramsSchema }),
]);

/** A server as the quick start of the REST dialect writes one: a key check, named queries and actions on a real Postgres. */
export async function startRestServer(databaseUrl: string, key: string): Promise<RestServer> {
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => {} });
  await sql`drop table if exists demo_pos.rest_orders`;
  await sql`create table demo_pos.rest_orders (id serial primary key, customer text not null, total int not null)`;
  await sql`insert into demo_pos.rest_orders (customer, total) values ('Ada', 12), ('Ada', 30), ('Bob', 7)`;
  const seen: RestServer['seen'] = [];
  const answer = (response: ServerResponse, status: number, body: unknown) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));

  const run = async (name: string | undefined, params: Record<string, unknown>) => {
    if (name === 'orders_of')
      return sql`select customer, total from demo_pos.rest_orders where customer = ${text(params.customer)} order by id`;
    if (name === 'summary') {
      const [row] = await sql`select count(*)::int as orders, sum(total)::int as total from demo_pos.rest_orders`;
      return row;
    }
    if (name === 'create_order') {
      const [row] =
        await sql`insert into demo_pos.rest_orders (customer, total) values (${text(params.customer)}, ${Number(params.total)}) returning id`;
      return row;
    }
    return undefined;
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/shop/health')
      return answer(response, server.health, { status: server.health === 200 ? 'ok' : 'down' });
    if (request.headers['x-api-key'] !== key)
      return answer(response, 401, { success: false, error: 'Invalid API key' });
    const raw: unknown = JSON.parse(Buffer.concat(await request.toArray()).toString() || '{}');
    seen.push({ path, body: raw });
    const body = bodySchema.safeParse(raw).data;
    if (!body) return answer(response, 400, { success: false, error: 'Missing query or action' });
    const inner = 'method' in body ? { ...body.params, params: body.params.args } : body;
    // A server that is the tool gets no name.
    const name = inner.query ?? inner.action ?? 'summary';
    const data = await run(name, inner.params);
    if (data === undefined) return answer(response, 404, { success: false, error: `Unknown: ${name}` });
    answer(response, 200, { success: true, data });
  };
  const listening = await listenOn((request, response) => {
    handle(request, response).catch((error: unknown) =>
      answer(response, 500, { success: false, error: error instanceof Error ? error.message : 'failed' }),
    );
  });
  const server: RestServer = {
    ...listening,
    seen,
    health: 200,
    close: async () => {
      await listening.close();
      await sql.end({ timeout: 1 });
    },
  };
  return server;
}

const text = (value: unknown): string => z.string().parse(value);
