import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer as OldServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { SSEServerTransport } from '@modelcontextprotocol/sdk/server/sse.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { listenOn } from '#src/server/mcp/testing/listen.ts';

type Notice = (what: 'started' | 'cancelled') => void;

/** An MCP server whose one tool, `wait`, works until it is told to stop. */
export function patientServer(notice: Notice): McpServer {
  const server = new McpServer({ name: 'patient', version: '1' });
  server.registerTool('wait', { description: 'Wait', inputSchema: z.object({}) }, async (_args, { mcpReq }) => {
    await untilStopped(mcpReq.signal, notice);
    return { content: [] };
  });
  return server;
}

/** The same over HTTP, with one path for each way of speaking: `/modern`, `/sessions`, `/sse` and the REST dialect below `/rest`. */
export async function startPatient(notice: Notice) {
  const modern = toNodeHandler(createMcpHandler(() => patientServer(notice)));
  const sessions = new Map<string, StreamableHTTPServerTransport>();
  const streams = new Map<string, SSEServerTransport>();
  const { origin, close } = await listenOn((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    if (pathname === '/modern') void modern(request, response);
    else if (pathname === '/sessions') void serveSession(sessions, notice, request, response);
    else if (pathname === '/sse') void serveStream(streams, notice, response);
    else if (pathname === '/messages')
      void streams.get(searchParams.get('sessionId') ?? '')?.handlePostMessage(request, response);
    else if (pathname === '/rest/health') response.end('{}');
    else {
      notice('started');
      response.once('close', () => notice('cancelled'));
    }
  });
  return { origin, close };
}

async function untilStopped(signal: AbortSignal, notice: Notice): Promise<void> {
  notice('started');
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  notice('cancelled');
}

function oldServer(notice: Notice): OldServer {
  const server = new OldServer({ name: 'patient', version: '1' });
  server.registerTool('wait', { description: 'Wait', inputSchema: {} }, async (_args, { signal }) => {
    await untilStopped(signal, notice);
    return { content: [] };
  });
  return server;
}

async function serveSession(
  sessions: Map<string, StreamableHTTPServerTransport>,
  notice: Notice,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const known = sessions.get(String(request.headers['mcp-session-id']));
  if (known) return known.handleRequest(request, response);
  const transport = new StreamableHTTPServerTransport({
    sessionIdGenerator: randomUUID,
    onsessioninitialized: (id) => void sessions.set(id, transport),
  });
  await oldServer(notice).connect(transport);
  return transport.handleRequest(request, response);
}

async function serveStream(
  streams: Map<string, SSEServerTransport>,
  notice: Notice,
  response: ServerResponse,
): Promise<void> {
  const transport = new SSEServerTransport('/messages', response);
  streams.set(transport.sessionId, transport);
  await oldServer(notice).connect(transport);
}
