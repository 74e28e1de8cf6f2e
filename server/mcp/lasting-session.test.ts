import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lastingSession } from '#src/server/mcp/lasting-session.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';

/** A server of the handshake era that can forget its sessions, or drop a connection in the middle of an answer. */
const sessions = new Map<string, StreamableHTTPServerTransport>();
const orders: string[] = [];
let opened = 0;
let dropNext = false;
let tools = ['order'];
let listening: Listening;

beforeAll(async () => {
  listening = await listenOn((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
});
afterAll(() => listening.close());

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = request.headers['mcp-session-id'];
  const known = typeof id === 'string' ? sessions.get(id) : undefined;
  if (known) return known.handleRequest(request, response);
  if (id !== undefined) {
    response
      .writeHead(404)
      .end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code: -32001, message: 'Session not found' } }));
    return;
  }
  const transport: StreamableHTTPServerTransport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (made) => {
      sessions.set(made, transport);
      opened++;
    },
  });
  const server = new McpServer({ name: 'orders', version: '1' });
  for (const name of tools)
    server.registerTool(name, { description: 'Orders' }, (extra) => {
      orders.push(name);
      if (dropNext) {
        dropNext = false;
        listening.server.closeAllConnections();
      }
      return { content: [{ type: 'text', text: `${name} ${String(extra.requestId)}` }] };
    });
  await server.connect(transport);
  await transport.handleRequest(request, response);
}

const open = () =>
  lastingSession(() =>
    openMcpSession({ server: { url: `${listening.origin}/mcp`, auth: { type: 'none' }, era: 'legacy' } }),
  );
const order = (session: Awaited<ReturnType<typeof open>>) => session.callTool('order', {}, { timeoutMs: 3_000 });

test('an expired session is replaced: lists are asked again, and whoever watches is told [V5] [V2]', async () => {
  const session = await open();
  expect((await session.listTools()).map((tool) => tool.name)).toEqual(['order']);
  const told = new Promise<void>((resolve) => session.onToolsChanged(resolve));
  const before = opened;
  sessions.clear();
  tools = ['order', 'cancel'];
  const lists = await Promise.all([session.listTools(), session.listTools(), session.listTools()]);
  expect(lists.map((list) => list.length)).toEqual([2, 2, 2]);
  await told;
  // Three that were refused at once share one new connection.
  expect(opened - before).toBe(1);
  await session.close();
});

test('a tool call is not sent again, and the next one goes over a new connection [V5] [V13]', async () => {
  const session = await open();
  await order(session);
  orders.length = 0;
  dropNext = true;
  await expect(order(session)).rejects.toMatchObject({ name: 'AppError' });
  expect(orders).toEqual(['order']);
  await order(session);
  expect(orders).toEqual(['order', 'order']);
  sessions.clear();
  await expect(order(session)).rejects.toMatchObject({ name: 'AppError' });
  await order(session);
  expect(orders).toEqual(['order', 'order', 'order']);
  await session.close();
});
