import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

export type ListingServer = {
  url: string;
  /** What it lists; change it between two handshakes. */
  tools: ToolDefinition[];
  instructions: string;
  /** Answers 500 to everything while set. */
  broken: boolean;
  close(): void;
};

/** A real MCP server on loopback that lists whatever a test puts into it. */
export async function startListingServer(tools: ToolDefinition[]): Promise<ListingServer> {
  const listing: ListingServer = { url: '', tools, instructions: '', broken: false, close: () => {} };
  const handler = createMcpHandler(() => {
    const mcp = new McpServer(
      { name: 'listing', version: '1.0.0' },
      { capabilities: { tools: {} }, ...(listing.instructions ? { instructions: listing.instructions } : {}) },
    );
    mcp.server.setRequestHandler('tools/list', () => ({
      tools: listing.tools.map((tool) => ({ ...tool, inputSchema: { type: 'object' as const, ...tool.inputSchema } })),
    }));
    return mcp;
  });
  const handle = toNodeHandler(handler);
  const http = createServer((request, response) => {
    if (listing.broken) response.writeHead(500).end('out of order');
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    else void handle(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  listing.url = `http://127.0.0.1:${address.port}/mcp`;
  listing.close = () => {
    http.closeAllConnections();
    http.close();
  };
  return listing;
}
