import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { handshake } from '#src/server/mcp/handshake.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';

const servers: Server[] = [];
const listen = (handler: Parameters<typeof createServer>[1]): Promise<string> =>
  new Promise((resolve) => {
    const server = createServer(handler);
    servers.push(server);
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`));
  });
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

let good = '';
beforeAll(async () => {
  const handle = toNodeHandler(
    createMcpHandler(() => {
      const server = new McpServer({ name: 'weather', version: '2.1.0' });
      server.registerTool(
        'get_weather',
        { description: 'Weather of a town', inputSchema: z.object({ town: z.string() }) },
        ({ town }) => ({
          content: [{ type: 'text', text: `${town}: sunny` }],
        }),
      );
      return server;
    }),
  );
  good = await listen((request, response) => {
    if (request.headers['x-api-key'] !== 'right')
      return response.writeHead(401, { 'www-authenticate': 'ApiKey' }).end('{"error":"who are you"}');
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    void handle(request, response);
  });
});
const auth = { type: 'api-key', in: 'header', name: 'x-api-key', hasKey: true } as const;
const endpoint = (url: string) => ({ url, auth, era: null });
const states = (steps: { state: string }[]) => steps.map((step) => step.state).join(' ');

test('passes the seven steps and lists the tools [V3] [V4] [C5]', async () => {
  const seen: string[] = [];
  const { handshake: result, found } = await handshake({
    server: endpoint(good),
    key: 'right',
    onStep: (step) => seen.push(step.name),
  });
  expect(result).toMatchObject({
    ok: true,
    server: { name: 'weather', version: '2.1.0' },
    protocolVersion: '2026-07-28',
    tools: 1,
  });
  expect(seen).toEqual(['address', 'policy', 'connect', 'authentication', 'protocol', 'capabilities', 'listing']);
  expect(states(result.steps)).toBe('passed passed passed passed passed passed passed');
  expect(found?.tools[0]?.inputSchema).toMatchObject({ required: ['town'] });
});

test('a refused key fails authentication, with what the server said and without the key [K10] [K3]', async () => {
  const { handshake: result } = await handshake({ server: endpoint(good), key: 'wrong-key-1234' });
  expect(states(result.steps)).toBe('passed passed passed failed not-run not-run not-run');
  expect(result.steps[3]?.error).toMatchObject({
    code: 'unauthorised',
    message: expect.stringContaining('401'),
    raw: expect.stringContaining('who are you'),
  });
  expect(JSON.stringify(result)).not.toContain('wrong-key-1234');
});

test('a server that echoes the key does not get it into the result', async () => {
  const echo = await listen((request, response) =>
    response.writeHead(403, { 'content-type': 'text/plain' }).end(`bad key ${request.headers['x-api-key']}`),
  );
  const { handshake: result } = await handshake({ server: endpoint(echo), key: 'secret-9876' });
  expect(result.steps[3]?.error?.raw).toContain('[hidden]');
  expect(JSON.stringify(result)).not.toContain('secret-9876');
});

test('nothing listening is connection refused [K10]', async () => {
  const { handshake: result } = await handshake({ server: endpoint('http://127.0.0.1:9/mcp'), key: null });
  expect(states(result.steps)).toBe('passed passed failed not-run not-run not-run not-run');
  expect(result.steps[2]?.error?.code).toBe('connection-refused');
});

test('a web page is told from an MCP server [K10]', async () => {
  const page = await listen((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>'),
  );
  const { handshake: result } = await handshake({
    server: { url: page, auth: { type: 'none' }, era: null },
    key: null,
  });
  expect(states(result.steps)).toBe('passed passed passed skipped failed not-run not-run');
  expect(result.steps[4]?.error).toMatchObject({
    code: 'not-mcp',
    message: expect.stringContaining('text/html'),
    raw: expect.stringContaining('Welcome'),
  });
});

test('a server that never answers times out and can be cancelled [K10]', async () => {
  const silent = await listen(() => {});
  const cancel = new AbortController();
  setTimeout(() => cancel.abort(new Error('cancelled')), 300);
  const { handshake: result } = await handshake({
    server: { url: silent, auth: { type: 'none' }, era: null },
    key: null,
    signal: cancel.signal,
  });
  expect(result.ok).toBe(false);
  expect(result.steps[4]?.state).toBe('failed');
  expect(result.ms).toBeLessThan(5_000);
});

test('an unknown name fails the address, and a private address fails the policy [K4]', async () => {
  const unknown = await handshake({ server: endpoint('https://no-such-name.invalid/mcp'), key: null });
  expect(unknown.handshake.steps[0]?.error?.code).toBe('address-unknown');
  for (const url of [
    'https://10.0.0.5/mcp',
    'https://169.254.169.254/latest',
    'https://[fd00::1]/mcp',
    'https://[::ffff:10.0.0.1]/mcp',
    'https://0x0a000001/mcp',
  ]) {
    const { handshake: result } = await handshake({ server: endpoint(url), key: null });
    expect(states(result.steps), url).toBe('passed failed not-run not-run not-run not-run not-run');
  }
  const plain = await handshake({ server: endpoint('http://93.184.216.34/mcp'), key: null });
  expect(plain.handshake.steps[1]?.error?.code).toBe('https-required');
});

test('a key goes to its own origin only, also on a redirect', async () => {
  let got: string | string[] | undefined = 'nothing';
  const thief = await listen((request, response) => {
    got = request.headers['x-api-key'];
    response.writeHead(404).end();
  });
  const lure = await listen((_, response) => response.writeHead(307, { location: thief }).end());
  await handshake({ server: endpoint(lure), key: 'right' });
  expect(got === 'nothing' || got === undefined).toBe(true);
});

test('calls a tool with a deadline, and a cancel reaches the caller [C3] [V8]', async () => {
  const session = await openMcpSession({ server: endpoint(good), key: 'right' });
  expect(await session.callTool('get_weather', { town: 'Rome' }, { timeoutMs: 5_000 })).toMatchObject({
    content: [{ text: 'Rome: sunny' }],
    isError: false,
  });
  await session.close();
  let release = () => {};
  const slow = await listen((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      const { id, method } = JSON.parse(body || '{}');
      const reply = (result: unknown) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ jsonrpc: '2.0', id, result }));
      if (method === 'initialize')
        return reply({
          protocolVersion: '2025-11-25',
          capabilities: { tools: {} },
          serverInfo: { name: 's', version: '1' },
        });
      if (method === 'tools/call') {
        release = () => reply({ content: [] });
        return;
      }
      if (id === undefined) return response.writeHead(202).end();
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32601, message: 'no' } }));
    });
  });
  const waiting = await openMcpSession({ server: { url: slow, auth: { type: 'none' }, era: null }, key: null });
  expect(waiting.era).toBe('legacy');
  await expect(waiting.callTool('x', {}, { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timed-out' });
  release();
  await waiting.close();
});

test('a challenge for OAuth is named with where it leads [K10] [V7]', async () => {
  const guarded = await listen((_, response) =>
    response
      .writeHead(401, {
        'www-authenticate': 'Bearer resource_metadata="https://auth.example/.well-known/oauth-protected-resource"',
      })
      .end(),
  );
  const { handshake: result } = await handshake({ server: { url: guarded, auth: { type: 'none' }, era: null } });
  expect(result.steps[3]?.error).toMatchObject({
    code: 'unauthorised',
    message: 'Authentication failed: the server answered 401 and asks for OAuth at https://auth.example.',
    hint: expect.stringContaining('OAuth'),
  });
  expect(result.steps[3]?.exchanges).toMatchObject([{ rpc: 'server/discover', response: { status: 401 } }]);
});

test('a server that accepts and says nothing, where TLS was expected, times out by name [K10]', async () => {
  const mute = createTcpServer(() => {});
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
  const { port } = z.object({ port: z.number() }).parse(mute.address());
  const { handshake: result } = await handshake({
    server: { url: `https://127.0.0.1:${port}/mcp`, auth: { type: 'none' }, era: null },
  });
  mute.close();
  expect(result.steps[2]?.error).toMatchObject({
    code: 'timed-out',
    message: `Connection timeout: nothing answered on port ${port} within 5 s.`,
  });
});

test('each step is told as it begins and ends, and carries its own traffic without the key [C5]', async () => {
  const told: string[] = [];
  const { handshake: result } = await handshake({
    server: endpoint(good),
    key: 'right',
    onStart: (name) => told.push(`${name}…`),
    onStep: (step) => told.push(step.name),
  });
  expect(told.slice(0, 6)).toEqual(['address…', 'address', 'policy…', 'policy', 'connect…', 'connect']);
  const sent = result.steps.map((step) => step.exchanges?.map((exchange) => exchange.rpc) ?? []);
  expect(sent).toEqual([[], [], [], [], ['server/discover'], [], ['tools/list']]);
  expect(result.steps[4]?.exchanges?.[0]?.request.headers['x-api-key']).toBe('[hidden]');
  expect(result.steps[6]?.exchanges?.[0]?.response?.body).toContain('get_weather');
});

test('a cancel during any step says so and leaves the rest not run [C5]', async () => {
  const silent = await listen(() => {});
  for (const at of ['address', 'connect', 'authentication'] as const) {
    const cancel = new AbortController();
    const { handshake: result } = await handshake({
      server: { url: silent, auth: { type: 'none' }, era: null },
      signal: cancel.signal,
      onStart: (name) => {
        if (name === at) setTimeout(() => cancel.abort(), at === 'authentication' ? 50 : 0);
      },
    });
    expect(result.steps.filter((step) => step.state === 'failed').map((step) => step.error?.code)).toEqual([
      'cancelled',
    ]);
    expect(result.steps.at(-1)?.state).toBe('not-run');
  }
});
