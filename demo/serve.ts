import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export type DemoServer = {
  port: number;
  /** The key a caller must send. */
  key: string;
  /** Where the key is expected. */
  keyFrom: (request: IncomingMessage) => string | undefined;
  challenge: string;
  mcp: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  healthy: () => Promise<boolean>;
  /** Brings the data back to how the demo starts. */
  reset: () => Promise<void>;
};

/** Serves one demo MCP server on loopback: `/mcp`, `GET /health`, `POST /reset`; all but health behind the key. */
export function serve(demo: DemoServer): void {
  const server = createServer((request, response) => {
    route(demo, request, response).catch(() => {
      if (!response.headersSent) answer(response, 500, { error: 'internal error' });
    });
  });
  server.listen(demo.port, '127.0.0.1');
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      server.close();
      process.exit(0);
    });
}

async function route(demo: DemoServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://localhost').pathname;
  if (path === '/health') {
    const healthy = await demo.healthy().catch(() => false);
    return answer(response, healthy ? 200 : 503, { status: healthy ? 'ok' : 'database is away' });
  }
  if (!sameKey(demo.keyFrom(request), demo.key)) {
    response.setHeader('www-authenticate', demo.challenge);
    return answer(response, 401, { error: 'key unknown or missing' });
  }
  if (path === '/reset' && request.method === 'POST') {
    await demo.reset();
    return answer(response, 200, { status: 'reset' });
  }
  if (path === '/mcp') return demo.mcp(request, response);
  answer(response, 404, { error: 'not found' });
}

function sameKey(given: string | undefined, expected: string): boolean {
  const a = Buffer.from(given ?? '');
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
