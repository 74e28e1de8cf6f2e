import { z } from 'zod';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { RestDialect } from '#src/lib/mcp/mcp-server.ts';
import { rawTools } from '#src/lib/mcp/rest-raw-tools.ts';
import { type LastAnswer, refusalError } from '#src/server/mcp/mcp-error.ts';
import type { McpSession, ToolResult } from '#src/server/mcp/mcp-session.ts';
import { storableJson } from '#src/server/mcp/storable-json.ts';
import { idempotencyHeader } from '#src/server/mcp/transports/idempotent-request.ts';
import { fetchOf, type OpenHttp } from '#src/server/mcp/transports/open-http.ts';
import { mappedTool, restRequest } from '#src/server/mcp/transports/rest-shapes.ts';
import { watchedFetch } from '#src/server/mcp/watched-fetch.ts';

const healthTimeoutMs = 10_000;
const replySchema = z.union([
  z.object({ success: z.literal(true), data: z.unknown() }),
  z.object({ success: z.literal(false), error: z.unknown() }),
]);

export type RestTarget = { transport: 'rest'; url: string; dialect: RestDialect };
export type OpenRest = Pick<OpenHttp, 'access' | 'traffic' | 'signal'> & {
  target: RestTarget;
  /** The raw `query` and `action` are on offer: in the inspector, or where an admin has switched them on. */
  raw: boolean;
  /** An empty query shows whether the key is taken: `/health` asks for none. */
  checkKey?: boolean | undefined;
};

/**
 * A server of the plain REST dialect (K2) as a session: `GET /health` is its handshake, the operator's mapping its list of tools.
 * Throws AppErrors: what the guarded fetch names, `unauthorised`, `unhealthy`, `not-rest`.
 */
export async function openRest(o: OpenRest): Promise<McpSession> {
  const { dialect, url } = o.target;
  const watched = watchedFetch(fetchOf(o, url), o.access.secrets);
  const at = (path: string) => new URL(path, url.endsWith('/') ? url : `${url}/`);
  await checkHealth(watched, at('health'), o.signal);
  if (o.checkKey && o.access.secrets().length > 0) await checkKey(watched, at('query'), o.signal);
  const none = () => Promise.resolve([]);
  const tools = [
    ...dialect.tools.map(mappedTool),
    ...(o.raw ? rawTools.filter((raw) => !dialect.tools.some((tool) => tool.name === raw.name)) : []),
  ];
  return {
    era: 'modern',
    protocolVersion: null,
    serverInfo: null,
    instructions: null,
    capabilities: { tools: {} },
    listTools: () => Promise.resolve(tools),
    listResources: none,
    listResourceTemplates: none,
    listPrompts: none,
    readResource: () => Promise.reject(notOffered('resources')),
    getPrompt: () => Promise.reject(notOffered('prompts')),
    callTool: async (name, args, { timeoutMs, signal, idempotencyKey }) => {
      const request = tools.some((tool) => tool.name === name) ? mapped(dialect, name, args) : null;
      if (!request) throw new AppError('unknown-tool', 'This server has no such tool.', { status: 404 });
      const deadline = AbortSignal.timeout(timeoutMs);
      try {
        const response = await watched.fetch(at(request.endpoint), {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            accept: 'application/json',
            ...(idempotencyKey === undefined ? {} : { [idempotencyHeader]: idempotencyKey }),
          },
          body: JSON.stringify(request.body),
          signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
        });
        return await resultOf(response, watched.last());
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw deadline.aborted ? timedOut(error) : asAppError(error);
      }
    },
    onContextChanged: () => {},
    onToolsChanged: () => {}, // they change only with the operator's mapping
    close: () => Promise.resolve(),
  };
}

type Watched = { fetch: typeof fetch; last: () => LastAnswer | null };

async function checkHealth(watched: Watched, url: URL, signal: AbortSignal | undefined): Promise<void> {
  const { status, ok } = await ask(watched, url, {}, signal);
  if (ok) return;
  const last = watched.last();
  if (status === 401 || status === 403) throw refusalError(status, last, null);
  if (status === 503)
    throw new AppError('unhealthy', 'The server says that it is not healthy: GET /health answered 503.', {
      hint: 'Look at the log of the server; often its database is away.',
      retryable: true,
      raw: last?.head,
    });
  throw new AppError('not-rest', `GET /health answered ${status}.`, {
    hint: 'Check the address: /health, /query and /action are looked for right below it.',
    raw: last?.head,
  });
}

/** A query of nothing does nothing; whatever it answers but a refusal shows that the key is taken. */
async function checkKey(watched: Watched, url: URL, signal: AbortSignal | undefined): Promise<void> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const { status } = await ask(watched, url, { method: 'POST', headers, body: '{}' }, signal);
  if (status === 401 || status === 403) throw refusalError(status, watched.last(), null);
}

async function ask(watched: Watched, url: URL, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
  const deadline = AbortSignal.timeout(healthTimeoutMs);
  try {
    const response = await watched.fetch(url, {
      ...init,
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    await response.body?.cancel();
    return response;
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw deadline.aborted ? timedOut(error) : asAppError(error);
  }
}

/** The server's `success: false` is an answer of the tool, whatever its status; a refused key is not. */
async function resultOf(response: Response, last: LastAnswer | null): Promise<ToolResult> {
  const text = await response.text();
  if (response.status === 401 || response.status === 403) throw refusalError(response.status, last, null);
  const reply = replySchema.safeParse(parseJson(text)).data;
  if (!reply)
    throw new AppError('not-rest', `The answer is not {success, data}: status ${response.status}.`, {
      hint: 'Look at the log of the server, and at its answer below.',
      retryable: response.status >= 500 || response.status === 429,
      raw: last?.head || text.slice(0, 600),
    });
  if (!reply.success) return { content: [{ type: 'text', text: worded(reply.error) }], isError: true };
  const data = storableJson(reply.data);
  return {
    content: [{ type: 'text', text: worded(data) }],
    ...(typeof data === 'object' && data !== null && !Array.isArray(data) ? { structuredContent: data } : {}),
    isError: false,
  };
}

function mapped(dialect: RestDialect, name: string, args: Record<string, unknown>) {
  try {
    return restRequest(dialect, name, args);
  } catch (cause) {
    throw new AppError('arguments-invalid', `The tool ${name} needs the text of its ${name}.`, { cause });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const worded = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null'));
const notOffered = (what: string) => new AppError('not-offered', `The REST dialect has no ${what}.`, { status: 404 });
const timedOut = (cause: unknown) =>
  new AppError('timed-out', 'Connection timeout: the server did not answer in time.', {
    hint: 'Check that it is running and not overloaded.',
    retryable: true,
    cause,
  });
const asAppError = (error: unknown): AppError => {
  for (let at: unknown = error; at instanceof Error; at = at.cause) if (isAppError(at)) return at;
  return new AppError('connection-lost', 'The connection to the server broke off.', { retryable: true, cause: error });
};
