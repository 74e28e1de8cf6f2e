import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { z } from 'zod';
import { listenOn } from '#src/server/mcp/testing/listen.ts';

/**
 * A real MCP server for several tenants: it lets in by key, keeps a session for each that connects, and tells in each answer which key and
 * which session it saw. `failing` are keys that it answers 500.
 */
export async function startKeyedServer(keys: readonly string[]) {
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  /** The keys that each session was used with. */
  const keysOf = new Map<string, Set<string>>();
  const orders: { key: string; dish: string }[] = [];
  const failing = new Set<string>();

  const make = (keyOfSession: string) => {
    const server = new McpServer({ name: 'kitchen', version: '1' });
    let calls = 0;
    const answer = (extra: { sessionId?: string | undefined; requestInfo?: { headers: object } | undefined }) => {
      calls += 1;
      const headers = z.object({ 'x-api-key': z.string() }).loose().parse(extra.requestInfo?.headers);
      const structuredContent = {
        key: headers['x-api-key'],
        opened: keyOfSession,
        session: extra.sessionId ?? '',
        calls,
      };
      return { structuredContent, content: [{ type: 'text' as const, text: JSON.stringify(structuredContent) }] };
    };
    const shape = { inputSchema: {}, outputSchema: z.object({}).loose().shape };
    server.registerTool('who', { description: 'Who am I', ...shape }, async (_args, extra) => answer(extra));
    server.registerTool('menu', { description: 'The menu', ...shape }, async (_args, extra) => answer(extra));
    server.registerTool(
      'order',
      { description: 'Order a dish', inputSchema: { dish: z.string() } },
      async ({ dish }, extra) => {
        const told = answer(extra);
        orders.push({ key: told.structuredContent.key, dish });
        return told;
      },
    );
    return server;
  };
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const key = String(request.headers['x-api-key']);
    if (!keys.includes(key)) return response.writeHead(401).end('no');
    const id = request.headers['mcp-session-id'];
    if (typeof id === 'string') {
      keysOf.get(id)?.add(key);
      const known = sessions.get(id);
      if (!known) return response.writeHead(404).end('no such session');
      if (failing.has(key) && request.method === 'POST') return response.writeHead(500).end('broken');
      return known.handleRequest(request, response);
    }
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (session) => {
        sessions.set(session, transport);
        keysOf.set(session, new Set([key]));
      },
    });
    await make(key).connect(transport);
    return transport.handleRequest(request, response);
  };
  const { origin, close } = await listenOn((request, response) => void serve(request, response));
  return { url: `${origin}/mcp`, keysOf, orders, failing, close };
}
