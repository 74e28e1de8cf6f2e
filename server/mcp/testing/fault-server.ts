import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { listenOn } from '#src/server/mcp/testing/listen.ts';

/** What goes wrong. */
export const faults = [
  'hangs',
  'drops',
  'drops-mid-json',
  'drops-mid-stream',
  'answers-500',
  'answers-503-slowly',
  'rate-limits',
  'huge',
  'huge-stream',
  'gzip-bomb',
  'cut-json',
  'not-json',
  'not-rpc',
  'wrong-id',
  'wrong-shape',
  'invalid-utf8',
  'control-characters',
  'web-page',
  'octets',
  'drips-headers',
  'huge-headers',
  'invalid-headers',
  'drips-body',
  'redirects-in-a-circle',
  'empty',
  'deep-json',
] as const;
export type Fault = (typeof faults)[number];

export type FaultServer = {
  /** The address at which `fault` happens: on every request, or only once a tool is called or listed. */
  url(fault: Fault, when?: 'always' | 'tools/call' | 'tools/list'): string;
  /** The same server without a fault; each list of tools has another definition with `?changing`. */
  good: string;
  /** Serves these tools, as they are (also as JSON text), to the handshake era; answers the address. */
  serveTools(tools: unknown): string;
  /** Answers every `tools/call` of the tools at hand with this result; answers the address. */
  serveResult(result: string | Buffer): string;
  close(): Promise<void>;
};

/** A real MCP server that goes wrong in the way that its path asks for. */
export async function startFaultServer(): Promise<FaultServer> {
  let lists = 0;
  const handle = toNodeHandler(createMcpHandler(() => weather(lists)));
  const served = new Map<string, { tools: unknown } | { result: string | Buffer }>();
  const server = await listenOn((request, response) => {
    const url = new URL(request.url ?? '/', server.origin);
    const [, kind = '', name = '', when = 'always'] = url.pathname.split('/');
    const given = served.get(url.pathname);
    if (given) return void read(request).then((body) => answerPlainly(response, body, given));
    const method = String(request.headers['mcp-method'] ?? '');
    void read(request).then((body) => {
      const asked = method || methodOf(body);
      if (url.searchParams.has('changing') && asked === 'tools/list') lists++;
      const fault = faults.find((known) => known === name);
      const now = decodeURIComponent(when);
      if (kind === 'fault' && fault && (now === 'always' || now === asked))
        return goWrong(fault, request, response, body);
      Object.assign(request, { body: undefined });
      // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
      return handle(request, response, body === '' ? undefined : JSON.parse(body));
    });
  });
  let count = 0;
  const keep = (given: { tools: unknown } | { result: string | Buffer }) => {
    const path = `/served/${++count}`;
    served.set(path, given);
    return server.origin + path;
  };
  return {
    url: (fault, when = 'always') => `${server.origin}/fault/${fault}/${encodeURIComponent(when)}`,
    good: `${server.origin}/good`,
    serveTools: (tools) => keep({ tools }),
    serveResult: (result) => keep({ result }),
    close: server.close,
  };
}

/** Takes connections and never finishes the TLS handshake: it says nothing, or drips. */
export async function startSlowTls(drip: boolean): Promise<{ url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (!drip) return;
    // The head of a TLS record of 16,000 bytes, and then a byte now and then.
    socket.write(Buffer.from([0x16, 0x03, 0x03, 0x3e, 0x80, 0x02, 0x00, 0x3e, 0x7c]));
    const timer = setInterval(() => socket.write(Buffer.from([0])), 200);
    socket.once('close', () => clearInterval(timer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `https://127.0.0.1:${port}/mcp`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

let bomb: Buffer | undefined;

function goWrong(fault: Fault, request: IncomingMessage, response: ServerResponse, body: string): void {
  const id = idOf(body);
  const json = (text: string | Buffer, headers = {}) =>
    void response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(text);
  const drip = (write: () => void) => {
    const timer = setInterval(write, 200);
    response.once('close', () => clearInterval(timer));
  };
  const faulty: Record<Fault, () => unknown> = {
    hangs: () => {},
    drops: () => request.socket.destroy(),
    'drops-mid-json': () => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"jsonrpc":"2.0",', () => request.socket.destroy());
    },
    'drops-mid-stream': () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: {"jsonrpc":"2.0","id":${id},"res`, () => request.socket.destroy());
    },
    'answers-500': () => void response.writeHead(500).end('it broke'),
    'answers-503-slowly': () => {
      response.writeHead(503, { 'content-type': 'text/plain' });
      drip(() => response.write('.'));
    },
    'rate-limits': () => void response.writeHead(429, { 'retry-after': '7' }).end('slow down'),
    huge: () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(`{"jsonrpc":"2.0","id":${id},"result":{"content":[{"type":"text","text":"`);
      pour(response, 100, 'x');
    },
    'huge-stream': () => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: {"jsonrpc":"2.0","id":${id},"result":"`);
      pour(response, 100, 'x');
    },
    'gzip-bomb': () => {
      bomb ??= gzipSync(Buffer.alloc(50_000_000, 32));
      json(bomb, { 'content-encoding': 'gzip' });
    },
    'cut-json': () => json(`{"jsonrpc":"2.0","id":${id},"resu`),
    'not-json': () => json('hello'),
    'not-rpc': () => json('{"hello":"world"}'),
    'wrong-id': () => json('{"jsonrpc":"2.0","id":"another","result":{}}'),
    'wrong-shape': () => json(`{"jsonrpc":"2.0","id":${id},"result":{"tools":7,"content":"no","protocolVersion":[]}}`),
    'invalid-utf8': () =>
      json(
        Buffer.concat([
          Buffer.from(`{"jsonrpc":"2.0","id":${id},"result":"`),
          Buffer.from([0xff, 0xfe, 0xc0, 0x80]),
          Buffer.from('"}'),
        ]),
      ),
    'control-characters': () => json(`{"jsonrpc":"2.0","id":${id},"result":"\u0000\u0001\u001b[31m"}`),
    'web-page': () => void response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
    octets: () => void response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(Buffer.alloc(1000)),
    'drips-headers': () => {
      request.socket.write('HTTP/1.1 200 OK\r\n');
      drip(() => request.socket.write('x-a: b\r\n'));
    },
    'huge-headers': () => request.socket.write(`HTTP/1.1 200 OK\r\nx-a: ${'b'.repeat(500_000)}\r\n\r\n`),
    'invalid-headers': () => request.socket.write('HTTP/1.1 200 OK\r\nbad header\u0000: \u0001\r\n\r\n'),
    'drips-body': () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      drip(() => response.write(' '));
    },
    'redirects-in-a-circle': () => void response.writeHead(307, { location: request.url ?? '/' }).end(),
    empty: () => void response.writeHead(200, { 'content-type': 'application/json' }).end(),
    'deep-json': () => json(`{"jsonrpc":"2.0","id":${id},"result":${'['.repeat(100_000)}${']'.repeat(100_000)}}`),
  };
  faulty[fault]();
}

/** Megabytes of one letter, as fast as they are read. */
function pour(response: ServerResponse, megabytes: number, letter: string): void {
  const piece = letter.repeat(1024 * 1024);
  let left = megabytes;
  const more = () => {
    while (left-- > 0) if (!response.write(piece)) return void response.once('drain', more);
    response.end();
  };
  more();
}

/** The handshake era without any library, so that nothing checks what is served. */
function answerPlainly(
  response: ServerResponse,
  body: string,
  given: { tools: unknown } | { result: string | Buffer },
): void {
  const id = idOf(body);
  if (id === 'null') {
    response.writeHead(202).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(`{"jsonrpc":"2.0","id":${id},`);
  response.write(plainAnswer(methodOf(body), given));
  response.end('}');
}

function plainAnswer(method: string, given: { tools: unknown } | { result: string | Buffer }): string | Buffer {
  const result = (value: unknown) => `"result":${JSON.stringify(value)}`;
  if (method === 'initialize')
    return result({
      protocolVersion: '2025-11-25',
      capabilities: { tools: {} },
      serverInfo: { name: 'plain', version: '1' },
    });
  if (method === 'tools/list')
    return `"result":{"tools":${'tools' in given ? jsonOf(given.tools) : '[{"name":"tell","inputSchema":{"type":"object"}}]'}}`;
  if (method === 'tools/call' && 'result' in given)
    return Buffer.concat([Buffer.from('"result":'), Buffer.from(given.result)]);
  return '"error":{"code":-32601,"message":"no such method"}';
}

const jsonOf = (tools: unknown): string =>
  typeof tools === 'string' && tools.startsWith('[') ? tools : JSON.stringify(tools);

function weather(version: number): McpServer {
  const server = new McpServer({ name: 'faulty', version: '1.0.0' });
  server.registerTool(
    'get_weather',
    {
      description: `Weather of a town${version > 0 ? `, edition ${version}` : ''}`,
      inputSchema: z.object({ town: z.string() }),
    },
    ({ town }) => ({ content: [{ type: 'text', text: `${town}: sunny` }] }),
  );
  return server;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

const messageSchema = z.object({
  method: z.string().catch(''),
  id: z.union([z.number(), z.string(), z.null()]).catch(null),
});
const messageOf = (body: string) => messageSchema.parse(body === '' ? {} : JSON.parse(body));
const methodOf = (body: string): string => messageOf(body).method;
const idOf = (body: string): string => JSON.stringify(messageOf(body).id);
