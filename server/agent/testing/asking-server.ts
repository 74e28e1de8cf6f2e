import { randomUUID } from 'node:crypto';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer as LegacyServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport as LegacyTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, inputRequired, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';

const message = 'Which table?';
const requestedSchema = {
  type: 'object' as const,
  properties: { table: { type: 'integer' as const, minimum: 1, maximum: 40 } },
  required: ['table'],
};
const description = 'Books a table for tonight';

/** A real MCP server on loopback whose one tool, `book_table`, asks a person for the table and answers with what it was told. */
export function startAskingServer(era: 'modern' | 'legacy'): Promise<Listening> {
  return era === 'modern' ? modernServer() : legacyServer();
}

function modernServer(): Promise<Listening> {
  const handler = createMcpHandler(() => {
    const server = new McpServer({ name: 'asking', version: '1' });
    server.registerTool('book_table', { description, inputSchema: z.object({}) }, (_, context) => {
      const responses = context.mcpReq.inputResponses;
      if (responses !== undefined) return { content: [{ type: 'text', text: JSON.stringify(responses) }] };
      return inputRequired({ inputRequests: { table: inputRequired.elicit({ message, requestedSchema }) } });
    });
    return server;
  });
  const handle = toNodeHandler(handler);
  return listenOn((request, response) => {
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    void handle(request, response);
  });
}

function legacyServer(): Promise<Listening> {
  const transports = new Map<string, LegacyTransport>();
  const mcp = () => {
    const server = new LegacyServer({ name: 'asking', version: '1' });
    server.registerTool('book_table', { description }, async () => {
      const answer = await server.server.elicitInput({ message, requestedSchema }, { timeout: 60_000 });
      return { content: [{ type: 'text', text: JSON.stringify(answer) }] };
    });
    return server;
  };
  return listenOn(async (request, response) => {
    const known = transports.get(String(request.headers['mcp-session-id']));
    if (known) return known.handleRequest(request, response);
    const transport: LegacyTransport = new LegacyTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void transports.set(id, transport),
    });
    await mcp().connect(transport);
    return transport.handleRequest(request, response);
  });
}
