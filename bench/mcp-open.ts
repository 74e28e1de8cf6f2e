import { createServer, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { Figure } from '#src/bench/figure.ts';
import { applyCheckSettings } from '#src/server/cli/check-settings.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { quantiles } from '#src/server/qa/bench/quantiles.ts';

const servers = 10;
const delayMs = 100;
const rounds = 15;

/** Ten servers whose every reply takes 100 ms longer, connected to and listed at once, against one of them alone. */
export async function mcpOpen(): Promise<Figure[]> {
  applyCheckSettings();
  const started = await Promise.all(Array.from({ length: servers }, startSlowServer));
  const urls = started.map(({ url }) => url);
  const open = async (url: string) => {
    const session = await openMcpSession({ server: { url, auth: { type: 'none' }, era: null } });
    await session.listTools();
    return session;
  };
  const time = async (some: readonly string[]): Promise<number> => {
    const from = performance.now();
    const sessions = await Promise.all(some.map(open));
    const took = performance.now() - from;
    await Promise.all(sessions.map((session) => session.close()));
    return took;
  };
  try {
    await time(urls);
    const [alone, together]: [number[], number[]] = [[], []];
    for (let i = 0; i < rounds; i++) {
      alone.push(await time(urls.slice(i % servers, (i % servers) + 1)));
      together.push(await time(urls));
    }
    const [one, ten] = [quantiles(alone).p50, quantiles(together).p50];
    return [
      {
        name: 'Ten MCP servers opened at once',
        value: `${(ten / one).toFixed(2)} × one alone (median ${ten.toFixed(0)} ms against ${one.toFixed(0)} ms, n ${rounds})`,
        expected: '≤ 1.5 ×',
        how: `connect and list; each server adds ${delayMs} ms to every reply; servers in the same process`,
      },
    ];
  } finally {
    for (const { server } of started) {
      server.closeAllConnections();
      server.close();
    }
  }
}

async function startSlowServer(): Promise<{ url: string; server: Server }> {
  const handle = toNodeHandler(
    createMcpHandler(() => {
      const mcp = new McpServer({ name: 'slow', version: '1' });
      mcp.registerTool(
        'look_up',
        { description: 'Looks something up', inputSchema: z.object({ what: z.string() }) },
        () => ({
          content: [],
        }),
      );
      return mcp;
    }),
  );
  const server = createServer((request, response) => {
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    void sleep(delayMs).then(() => handle(request, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/mcp`, server };
}
