import { createServer, type Server } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';

export type WeatherServer = {
  url: string;
  key: string;
  calls: () => string[];
  hold: (held: boolean) => void;
  close: () => void;
};

/** A team's own MCP server, as one would write it: a key, two tools. `hold` makes it never answer a tool. */
export async function startWeatherServer(): Promise<WeatherServer> {
  const key = 'weather-key-4711';
  const calls: string[] = [];
  let held = false;
  const handle = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'weather', version: '1.0.0' });
      server.registerTool(
        'get_weather',
        {
          title: 'Weather of a town',
          description: 'Tells the weather of a town today.',
          inputSchema: z.object({ town: z.enum(['palermo', 'milan', 'florence']).describe('Town to ask for') }),
          annotations: { readOnlyHint: true },
        },
        async ({ town }) => {
          calls.push(town);
          if (held) await new Promise(() => {});
          return { content: [{ type: 'text', text: `The weather in ${town} is sunny.` }] };
        },
      );
      server.registerTool(
        'report_storm',
        { description: 'Reports a storm.', inputSchema: z.object({ town: z.string() }) },
        async () => ({
          content: [{ type: 'text', text: 'noted' }],
        }),
      );
      return server;
    }),
  );
  const http: Server = createServer((request, response) => {
    if (request.headers['x-api-key'] !== key) {
      response
        .writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'ApiKey' })
        .end('{"error":"unknown key"}');
      return;
    }
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    void handle(request, response);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  return {
    url: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : 0}/mcp`,
    key,
    calls: () => calls,
    hold: (next) => {
      held = next;
    },
    close: () => {
      http.closeAllConnections();
      http.close();
    },
  };
}
