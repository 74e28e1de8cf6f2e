import { createServer as createHttpServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import { keyCheck } from './check-key.ts';
import type { Config } from './config.ts';
import { log } from './log.ts';
import { rateLimit } from './rate-limit.ts';
import type { Store } from './store.ts';
import { createServer } from './tools.ts';

const mostBodyBytes = 256 * 1024;
const wrongKeysPerMinute = 20;

/** The HTTP side: `GET /health` for everyone, `/mcp` with a key and within the limits. */
export function createApp({ config, store }: { config: Config; store: Store }): Server {
  const handle = toNodeHandler(createMcpHandler(() => createServer(store)));
  const keyFits = keyCheck(config.apiKeys);
  const requests = rateLimit(config.ratePerMinute);
  const wrongKeys = rateLimit(wrongKeysPerMinute);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname === '/health') {
      const healthy = await store.healthy().catch(() => false);
      return json(response, healthy ? 200 : 503, { status: healthy ? 'ok' : 'database unreachable' });
    }
    if (pathname !== '/mcp') return json(response, 404, { error: 'Not found. The MCP endpoint is /mcp.' });

    const key = first(request.headers['x-api-key']);
    if (!keyFits(key)) {
      const wait = wrongKeys.take(request.socket.remoteAddress ?? '');
      if (wait > 0) return tooMany(response, wait);
      response.setHeader('www-authenticate', 'ApiKey header="x-api-key"');
      return json(response, 401, { error: 'Send the key in the header x-api-key.' });
    }
    const wait = requests.take(key ?? '');
    if (wait > 0) return tooMany(response, wait);

    const body = await readBody(request);
    if (body === null) return json(response, 413, { error: 'The request is too large.' });
    const message = parsed(body);
    if (message === null) return json(response, 400, { error: 'The request is not JSON.' });
    await handle(
      Object.assign(request, { url: request.url ?? '/', method: request.method ?? 'GET' }),
      response,
      message.value,
    );
  };

  const server = createHttpServer((request, response) => {
    const began = performance.now();
    response.once('close', () =>
      log('request', {
        method: request.method,
        path: request.url?.split('?')[0],
        rpc: first(request.headers['mcp-method']),
        tool: first(request.headers['mcp-name']),
        status: response.statusCode,
        ms: Math.round(performance.now() - began),
      }),
    );
    answer(request, response).catch((error: unknown) => {
      log('failed', { error: error instanceof Error ? error.name : 'unknown' });
      if (!response.headersSent) json(response, 500, { error: 'Something went wrong.' });
      else response.destroy();
    });
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  return server;
}

const first = (header: string | string[] | undefined): string | undefined =>
  Array.isArray(header) ? header[0] : header;

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function tooMany(response: ServerResponse, seconds: number): void {
  response.setHeader('retry-after', seconds);
  json(response, 429, { error: `Too many requests. Try again in ${seconds} s.` });
}

/** The body, or null when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const piece = Buffer.from(chunk);
    bytes += piece.length;
    if (bytes > mostBodyBytes) return null;
    chunks.push(piece);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(body: string): { value: unknown } | null {
  if (body === '') return { value: undefined };
  try {
    return { value: JSON.parse(body) };
  } catch {
    return null;
  }
}
