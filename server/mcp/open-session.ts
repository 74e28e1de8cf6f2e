import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { z } from 'zod';
import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import { type ToolDefinition, toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';
import { guardedFetch } from '#src/server/mcp/guarded-fetch.ts';
import { mcpError } from '#src/server/mcp/mcp-error.ts';
import { keyAccess, type ServerAccess } from '#src/server/mcp/server-access.ts';
import { watchedFetch } from '#src/server/mcp/watched-fetch.ts';

export type McpEndpoint = { url: string; auth: McpAuth; era: 'modern' | 'legacy' | null };
export type ToolResult = { content: unknown[]; structuredContent?: unknown; isError: boolean };

/** One live connection to a server. */
export type McpSession = {
  era: 'modern' | 'legacy';
  protocolVersion: string | null;
  serverInfo: { name: string; version: string } | null;
  instructions: string | null;
  capabilities: Record<string, unknown>;
  listTools(signal?: AbortSignal): Promise<ToolDefinition[]>;
  /** Counts, for the ladder; 0 where the server has none. */
  countResources(signal?: AbortSignal): Promise<number>;
  countPrompts(signal?: AbortSignal): Promise<number>;
  /** Throws AppErrors as `mcpError` names them, or the signal's reason. */
  callTool(
    name: string,
    args: Record<string, unknown>,
    options: { timeoutMs: number; signal?: AbortSignal | undefined; onProgress?: ((note: string) => void) | undefined },
  ): Promise<ToolResult>;
  onToolsChanged(listener: () => void): void;
  close(): Promise<void>;
};

const connectTimeoutMs = 10_000;
const toolResultSchema = z.object({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().default(false),
});

/**
 * Connects to a server: the stateless 2026-07-28 protocol where it speaks that, the handshake era where it does not.
 * Throws AppErrors as `mcpError` and the guarded fetch name them.
 */
export async function openMcpSession(o: {
  server: McpEndpoint;
  key: string | null;
  /** Of a stored server (`storedAccess`); then `key` is not looked at. */
  access?: ServerAccess | undefined;
  signal?: AbortSignal | undefined;
}): Promise<McpSession> {
  const access = o.access ?? keyAccess(o.server.auth, o.key);
  const watched = watchedFetch(access.wrap(guardedFetch(), o.server.url), access.secrets);
  const attempt = async (era: 'auto' | 'legacy'): Promise<Client> => {
    const client = newClient();
    const transport = new StreamableHTTPClientTransport(new URL(o.server.url), { fetch: watched.fetch });
    // The client does not hand its signal to the version probe: closing the transport ends that too.
    o.signal?.addEventListener('abort', () => void transport.close(), { once: true });
    await client.connect(transport, {
      timeout: connectTimeoutMs,
      ...(o.signal ? { signal: o.signal } : {}),
      ...(era === 'legacy' ? { prior: { kind: 'legacy' as const } } : {}),
    });
    return client;
  };
  let client: Client;
  try {
    client = await attempt(o.server.era === 'legacy' ? 'legacy' : 'auto').catch((error: unknown) => {
      // Some servers of the handshake era answer the probe with a 5xx: that is no verdict, so the handshake is tried.
      const answered = watched.last();
      if (o.server.era === 'legacy' || !answered || answered.status < 500) throw error;
      return attempt('legacy');
    });
  } catch (error) {
    if (o.signal?.aborted) throw o.signal.reason;
    throw mcpError(error, watched.last());
  }
  const border = async <T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw mcpError(error, watched.last());
    }
  };
  const withSignal = (signal: AbortSignal | undefined) => (signal ? { signal } : {});
  const capabilities: Record<string, unknown> = { ...client.getServerCapabilities() };
  const changed: (() => void)[] = [];
  client.setNotificationHandler('notifications/tools/list_changed', () => {
    for (const listener of changed) listener();
  });
  const info = client.getServerVersion();
  return {
    era: client.getProtocolEra() === 'modern' ? 'modern' : 'legacy',
    protocolVersion: client.getNegotiatedProtocolVersion() ?? null,
    serverInfo: info ? { name: info.name, version: info.version } : null,
    instructions: client.getInstructions() ?? null,
    capabilities,
    listTools: (signal) =>
      border(signal, async () => {
        if (!capabilities.tools) return [];
        const { tools } = await client.listTools(undefined, { ...withSignal(signal), timeout: connectTimeoutMs });
        return tools.map((tool) => toolDefinitionSchema.parse(tool));
      }),
    countResources: (signal) =>
      border(signal, async () =>
        capabilities.resources ? (await client.listResources(undefined, withSignal(signal))).resources.length : 0,
      ),
    countPrompts: (signal) =>
      border(signal, async () =>
        capabilities.prompts ? (await client.listPrompts(undefined, withSignal(signal))).prompts.length : 0,
      ),
    callTool: (name, args, options) => {
      // The protocol's own total timeout is only looked at on progress: the deadline is a signal of our own.
      const deadline = AbortSignal.timeout(options.timeoutMs);
      const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
      const onProgress = options.onProgress;
      return border(options.signal, async () =>
        toolResultSchema.parse(
          await client.callTool(
            { name, arguments: args },
            {
              signal,
              timeout: options.timeoutMs + 1_000,
              ...(onProgress
                ? { onprogress: (progress: { message?: string | undefined }) => onProgress(progress.message ?? '') }
                : {}),
            },
          ),
        ),
      );
    },
    onToolsChanged: (listener) => {
      changed.push(listener);
    },
    close: () => client.close().catch(() => {}),
  };
}

function newClient(): Client {
  // No roots, no sampling, no elicitation yet: what is not offered cannot be asked for.
  return new Client({ name: 'patchbay', version: '0.1.0' }, { capabilities: {}, versionNegotiation: { mode: 'auto' } });
}
