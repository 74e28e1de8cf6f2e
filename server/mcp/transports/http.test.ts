import { randomUUID } from 'node:crypto';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer as LegacyServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport as LegacyTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, inputRequired, McpServer } from '@modelcontextprotocol/server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { handshake } from '#src/server/mcp/handshake.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { type EverythingServer, startEverything } from '#src/server/mcp/testing/everything-server.ts';
import { type Listening, listenOn } from '#src/server/mcp/testing/listen.ts';
import { recordTraffic } from '#src/server/mcp/transports/traffic.ts';

const open = (url: string, more: Partial<Parameters<typeof openMcpSession>[0]> = {}, transport = 'streamable-http') =>
  openMcpSession({ server: { transport, url, auth: { type: 'none' }, era: null }, ...more });
const textSchema = z.array(z.looseObject({ text: z.string() }));
const textOf = (content: unknown): string => textSchema.parse(content)[0]?.text ?? '';
const stateless = { name: 'stateless', version: '1' };

let everything: EverythingServer;
let old: EverythingServer;
let modern: Listening;
let notify = (): void => {};
let tools = ['first'];
beforeAll(async () => {
  [everything, old] = await Promise.all([startEverything('streamableHttp'), startEverything('sse')]);
  const handler = createMcpHandler(() => {
    const server = new McpServer(stateless, { capabilities: { tools: { listChanged: true } } });
    for (const name of tools)
      server.registerTool(name, { inputSchema: z.object({}) }, () => ({ content: [{ type: 'text', text: name }] }));
    server.registerTool('ask', { inputSchema: z.object({}) }, (_, context) => {
      const answer = context.mcpReq.inputResponses?.size;
      if (answer !== undefined)
        return { content: [{ type: 'text', text: JSON.stringify(context.mcpReq.inputResponses) }] };
      return inputRequired({
        inputRequests: {
          size: inputRequired.elicit({
            message: 'Which size?',
            requestedSchema: { type: 'object', properties: { size: { type: 'string' } } },
          }),
        },
      });
    });
    server.registerTool('play', { inputSchema: z.object({}) }, () => ({
      content: [{ type: 'audio', data: 'UklGRg==', mimeType: 'audio/wav' }],
    }));
    server.registerTool('sample', { inputSchema: z.object({}) }, () =>
      inputRequired({ inputRequests: { text: inputRequired.createMessage({ messages: [], maxTokens: 5 }) } }),
    );
    return server;
  });
  notify = () => handler.notify.toolsChanged();
  const handle = toNodeHandler(handler);
  modern = await listenOn((request, response) => {
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    void handle(request, response);
  });
});
afterAll(async () => {
  await Promise.all([everything.stop(), old.stop(), modern.close()]);
});

test.each([
  ['Streamable HTTP', () => everything.url, 'streamable-http'],
  ['the old HTTP+SSE', () => old.url, 'sse'],
])('a real server over %s passes the ladder and answers [V5] [V4] [C5]', async (_, url, transport) => {
  const server = { transport, url: url(), auth: { type: 'none' }, era: null } as const;
  const started: string[] = [];
  const { handshake: result, found } = await handshake({ server, onStart: (name) => started.push(name) });
  expect(result).toMatchObject({ ok: true, protocolVersion: '2025-11-25', resources: 7, prompts: 4 });
  expect(started).toEqual(['address', 'policy', 'connect', 'authentication', 'capabilities', 'listing']);
  expect(found).toMatchObject({ era: 'legacy', offers: { resourceTemplates: [{}, {}] } });
  expect(result.steps[4]?.exchanges?.some((exchange) => exchange.rpc === 'initialize')).toBe(true);
  expect(result.steps[6]?.exchanges?.map((exchange) => exchange.rpc)).toEqual(
    expect.arrayContaining(['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list']),
  );
  const session = await open(url(), {}, transport);
  expect(textOf((await session.callTool('echo', { message: 'hello' }, { timeoutMs: 5_000 })).content)).toContain(
    'hello',
  );
  await session.close();
});

test('a server that speaks only the old transport says so [V5] [K10]', async () => {
  const { handshake: result } = await handshake({ server: { url: old.url, auth: { type: 'none' }, era: null } });
  expect(result.steps[4]?.error).toMatchObject({ code: 'old-transport', hint: expect.stringContaining('HTTP+SSE') });
  await expect(open(everything.url, {}, 'sse')).rejects.toMatchObject({ code: 'not-old-transport' });
});

test('replies reach their requests, whatever their order [V2]', async () => {
  const session = await open(everything.url);
  const words = Array.from({ length: 20 }, (_, i) => `word ${i}`);
  const answers = await Promise.all(
    words.map(async (message) => textOf((await session.callTool('echo', { message }, { timeoutMs: 10_000 })).content)),
  );
  expect(answers.map((answer) => answer.replace('Echo: ', ''))).toEqual(words);
  await session.close();
});

test('a changed list of tools is told during a stateless session, by subscription [V2]', async () => {
  const session = await open(`${modern.origin}/mcp`);
  expect(session.era).toBe('modern');
  let told = 0;
  const changed = new Promise<void>((resolve) => {
    session.onToolsChanged(() => {
      told++;
      resolve();
    });
  });
  tools = ['first', 'second'];
  // Told again until the subscription stands: it is opened behind the caller's back.
  const again = setInterval(notify, 100);
  await changed;
  clearInterval(again);
  expect(told).toBeGreaterThan(0);
  expect((await session.listTools()).map((tool) => tool.name)).toEqual(['first', 'second', 'ask', 'play', 'sample']);
  await session.close();
});

test('a stateless server asks a person, and is refused our model by name [C6]', async () => {
  const asked: string[] = [];
  const session = await open(`${modern.origin}/mcp`, {
    ask: async ({ message }) => {
      asked.push(message);
      return { action: 'accept', content: { size: 'large' } };
    },
  });
  const progress: unknown[] = [];
  const onProgress = (one: unknown) => void progress.push(one);
  const answered = await session.callTool('ask', {}, { timeoutMs: 5_000, onProgress });
  expect(textOf(answered.content)).toContain('large');
  expect(progress).toEqual([]);
  expect(asked).toEqual(['Which size?']);
  await expect(session.callTool('sample', {}, { timeoutMs: 5_000 })).rejects.toMatchObject({
    message: expect.stringContaining('sampling'),
  });
  await session.close();
});

test('a server of the handshake era tells of changed tools, and is refused sampling and roots by name [V2]', async () => {
  const refused: string[] = [];
  const transports = new Map<string, LegacyTransport>();
  const mcp = () => {
    const server = new LegacyServer({ name: 'legacy', version: '1' });
    server.registerTool('grow', { description: 'Gets another tool' }, async (extra) => {
      const note = (error: Error) => refused.push(error.message);
      const params = { messages: [], maxTokens: 1 };
      await extra.sendRequest({ method: 'sampling/createMessage', params }, z.unknown()).catch(note);
      await extra.sendRequest({ method: 'roots/list' }, z.unknown()).catch(note);
      server.registerTool('grown', {}, () => ({ content: [] }));
      return { content: [] };
    });
    return server;
  };
  const legacy = await listenOn(async (request, response) => {
    const known = transports.get(String(request.headers['mcp-session-id']));
    if (known) return known.handleRequest(request, response);
    const transport: LegacyTransport = new LegacyTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => void transports.set(id, transport),
    });
    await mcp().connect(transport);
    return transport.handleRequest(request, response);
  });
  const session = await open(`${legacy.origin}/mcp`);
  const changed = new Promise<void>((resolve) => session.onToolsChanged(resolve));
  await session.callTool('grow', {}, { timeoutMs: 5_000 });
  await changed;
  expect((await session.listTools()).map((tool) => tool.name)).toEqual(['grow', 'grown']);
  expect(refused).toEqual([
    expect.stringContaining('Patchbay refuses sampling/createMessage.'),
    expect.stringContaining('Patchbay refuses roots/list.'),
  ]);
  await session.close();
  await legacy.close();
});

test('audio comes back verbatim [X4]', async () => {
  const session = await open(`${modern.origin}/mcp`);
  const { content } = await session.callTool('play', {}, { timeoutMs: 5_000 });
  expect(content).toEqual([{ type: 'audio', data: 'UklGRg==', mimeType: 'audio/wav' }]);
  await session.close();
});

test('many sessions with keys of their own never mix [V5] [V6]', async () => {
  const shared = await listenOn(async (request, response) => {
    if (request.method !== 'POST') return response.writeHead(405).end();
    const body = z
      .looseObject({ id: z.unknown().optional(), method: z.string() })
      .parse(JSON.parse(Buffer.concat(await request.toArray()).toString()));
    const key = request.headers['x-api-key'];
    const reply = (result: unknown) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'mcp-session-id': String(key) })
        .end(JSON.stringify({ jsonrpc: '2.0', id: body.id, result }));
    if (body.method === 'initialize')
      return reply({
        protocolVersion: '2025-11-25',
        capabilities: { tools: {} },
        serverInfo: { name: 's', version: '1' },
      });
    if (body.method === 'tools/call')
      return reply({ content: [{ type: 'text', text: `${key} ${request.headers['mcp-session-id']}` }] });
    response.writeHead(202).end();
  });
  const auth = { type: 'api-key', in: 'header', name: 'x-api-key', hasKey: true } as const;
  const seen = await Promise.all(
    Array.from({ length: 25 }, async (_, i) => {
      const session = await openMcpSession({
        server: { url: `${shared.origin}/mcp`, auth, era: 'legacy' },
        key: `key-${i}`,
      });
      const calls = Array.from({ length: 4 }, () => session.callTool('who', {}, { timeoutMs: 10_000 }));
      const answers = (await Promise.all(calls)).map(({ content }) => textOf(content));
      await session.close();
      return new Set(answers);
    }),
  );
  expect(seen.map((answers) => [...answers])).toEqual(Array.from({ length: 25 }, (_, i) => [`key-${i} key-${i}`]));
  await shared.close();
});

test('a restarted server is named as a lost session, and a new session works [V5]', async () => {
  const session = await open(everything.url);
  await session.callTool('echo', { message: 'before' }, { timeoutMs: 5_000 });
  await everything.restart();
  const { isLostSession } = await import('#src/server/mcp/mcp-error.ts');
  const lost = await session
    .callTool('echo', { message: 'after' }, { timeoutMs: 5_000 })
    .catch((error: unknown) => error);
  expect(lost).toSatisfy(isLostSession);
  await session.close();
  const fresh = await open(everything.url, { server: { url: everything.url, auth: { type: 'none' }, era: 'legacy' } });
  expect((await fresh.listTools()).length).toBeGreaterThan(10);
  await fresh.close();
});

test('the stored verdict of the handshake era saves the probe [V3]', async () => {
  const rpc = async (era: 'legacy' | null) => {
    const traffic = recordTraffic();
    const session = await open(everything.url, {
      traffic,
      server: { url: everything.url, auth: { type: 'none' }, era },
    });
    await session.close();
    return traffic.since(0).map((exchange) => exchange.rpc)[0];
  };
  expect([await rpc(null), await rpc('legacy')]).toEqual(['server/discover', 'initialize']);
});
