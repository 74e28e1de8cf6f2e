import { SSEClientTransport, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { AppError } from '#src/lib/app-error.ts';
import { guardedFetch } from '#src/server/mcp/guarded-fetch.ts';
import { mcpError } from '#src/server/mcp/mcp-error.ts';
import type { AskPerson, McpSession } from '#src/server/mcp/mcp-session.ts';
import type { ServerAccess } from '#src/server/mcp/server-access.ts';
import { awaitAnswer } from '#src/server/mcp/transports/awaited-answer.ts';
import { secretHider } from '#src/server/mcp/transports/hide-secrets.ts';
import { idempotentFetch } from '#src/server/mcp/transports/idempotent-request.ts';
import { speaksOldTransport } from '#src/server/mcp/transports/old-transport.ts';
import { recordedFetch } from '#src/server/mcp/transports/recorded-fetch.ts';
import { newClient, sdkSession } from '#src/server/mcp/transports/sdk-session.ts';
import type { Traffic } from '#src/server/mcp/transports/traffic.ts';
import { watchedFetch } from '#src/server/mcp/watched-fetch.ts';

const connectTimeoutMs = 10_000;

export type HttpTarget = { transport: 'streamable-http' | 'sse'; url: string; era: 'modern' | 'legacy' | null };
export type OpenHttp = {
  target: HttpTarget;
  access: ServerAccess;
  traffic?: Traffic | undefined;
  ask?: AskPerson | undefined;
  signal?: AbortSignal | undefined;
};

/** The guarded fetch with what lets us in; recorded innermost, as it leaves. */
export function fetchOf({ access, traffic }: Pick<OpenHttp, 'access' | 'traffic'>, url: string): typeof fetch {
  if (!traffic) return access.wrap(idempotentFetch(guardedFetch(), url), url);
  const recorded = idempotentFetch(recordedFetch(guardedFetch(), traffic), url);
  return access.wrap((input, init) => {
    for (const secret of access.secrets()) traffic.hider.add(secret); // tokens are renewed on the way
    return recorded(input, init);
  }, url);
}

/**
 * Connects over Streamable HTTP, in the stateless protocol of 2026-07-28 or, where the server does not speak that, in the
 * handshake era; or over the old HTTP+SSE. Throws AppErrors as `mcpError` names them,
 * `old-transport` and `not-old-transport`.
 */
export async function openHttp(o: OpenHttp): Promise<McpSession> {
  const url = new URL(o.target.url);
  const watched = watchedFetch(fetchOf(o, o.target.url), o.access.secrets);
  const named = (error: unknown) => mcpError(error, watched.last(), secretHider(o.access.secrets()).text);
  const attempt = async (era: 'auto' | 'legacy') => {
    const client = newClient(o.ask);
    const transport =
      o.target.transport === 'sse'
        ? new SSEClientTransport(url, { fetch: watched.fetch })
        : new StreamableHTTPClientTransport(url, {
            fetch: watched.fetch,
            reconnectionOptions: {
              initialReconnectionDelay: 1_000,
              reconnectionDelayGrowFactor: 2,
              maxReconnectionDelay: 30_000,
              maxRetries: 20,
            },
          });
    // The client does not hand its signal to the version probe: closing the transport ends that too.
    const stop = () => void transport.close();
    o.signal?.addEventListener('abort', stop, { once: true });
    try {
      await awaitAnswer(o.signal, async (either) => {
        either.addEventListener('abort', stop, { once: true });
        const prior = era === 'legacy' ? { prior: { kind: 'legacy' as const } } : {};
        await client.connect(transport, { timeout: connectTimeoutMs, signal: either, ...prior });
        either.removeEventListener('abort', stop);
      });
      return client;
    } catch (error) {
      void transport.close().catch(() => {});
      throw error;
    }
  };
  // The old transport is older than the probe.
  const known = o.target.transport === 'sse' ? 'legacy' : o.target.era;
  try {
    const client = await attempt(known === 'legacy' ? 'legacy' : 'auto').catch((error: unknown) => {
      // Some servers of the handshake era answer the probe with a 5xx: that is no verdict, so the handshake is tried.
      const answered = watched.last();
      if (known === 'legacy' || !answered || answered.status < 500 || o.signal?.aborted) throw error;
      return attempt('legacy');
    });
    return sdkSession(client, named);
  } catch (error) {
    if (o.signal?.aborted) throw o.signal.reason;
    const last = watched.last();
    const strange = last !== null && [400, 404, 405, 406].includes(last.status);
    if (strange && o.target.transport === 'sse') throw notOldTransport(error);
    if (strange && (await speaksOldTransport(fetchOf(o, url.href), url))) throw oldTransport(error);
    throw named(error);
  }
}

const oldTransport = (cause: unknown) =>
  new AppError('old-transport', 'This server speaks only the old HTTP+SSE transport.', {
    hint: 'Choose HTTP+SSE as its transport.',
    cause,
  });
const notOldTransport = (cause: unknown) =>
  new AppError('not-old-transport', 'This server does not speak the old HTTP+SSE transport.', {
    hint: 'Choose Streamable HTTP as its transport, or check the path of the address; it often ends in /sse.',
    cause,
  });
