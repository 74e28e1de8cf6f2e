import { randomUUID } from 'node:crypto';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer as LegacyServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport as LegacyTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { listenOn } from '#src/server/mcp/testing/listen.ts';

export type ChangingServer = {
  url: string;
  /** Name to description: what it lists from now on, told to whoever is connected. */
  list(tools: Record<string, string>): void;
  close(): Promise<void>;
};

/** A real MCP server on loopback, of either era, that changes its list of tools while someone is connected. */
export async function startChangingServer(
  era: 'modern' | 'legacy',
  first: Record<string, string>,
): Promise<ChangingServer> {
  return era === 'modern' ? modernServer(first) : legacyServer(first);
}

const info = { name: 'changing', version: '1' };
const capabilities = { tools: { listChanged: true } };
const answer = { content: [{ type: 'text' as const, text: 'done' }] };

async function modernServer(first: Record<string, string>): Promise<ChangingServer> {
  let tools = first;
  const handler = createMcpHandler(() => {
    const server = new McpServer(info, { capabilities });
    for (const [name, description] of Object.entries(tools))
      server.registerTool(name, { description, inputSchema: z.object({}) }, () => answer);
    return server;
  });
  const handle = toNodeHandler(handler);
  const listening = await listenOn((request, response) => {
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    void handle(request, response);
  });
  return {
    url: `${listening.origin}/mcp`,
    list: (next) => {
      tools = next;
      handler.notify.toolsChanged();
    },
    close: () => listening.close(),
  };
}

async function legacyServer(first: Record<string, string>): Promise<ChangingServer> {
  let tools = first;
  const open: { server: LegacyServer; registered: Map<string, { remove(): void }> }[] = [];
  const transports = new Map<string, LegacyTransport>();
  const register = ({ server, registered }: (typeof open)[number]) => {
    for (const one of registered.values()) one.remove();
    registered.clear();
    for (const [name, description] of Object.entries(tools))
      registered.set(
        name,
        server.registerTool(name, { description }, () => answer),
      );
  };
  const listening = await listenOn(async (request, response) => {
    const known = transports.get(String(request.headers['mcp-session-id']));
    if (known) return known.handleRequest(request, response);
    const transport: LegacyTransport = new LegacyTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void transports.set(id, transport),
    });
    const one = { server: new LegacyServer(info, { capabilities }), registered: new Map() };
    register(one);
    open.push(one);
    await one.server.connect(transport);
    return transport.handleRequest(request, response);
  });
  return {
    url: `${listening.origin}/mcp`,
    list: (next) => {
      tools = next;
      for (const one of open) register(one);
    },
    close: () => listening.close(),
  };
}
