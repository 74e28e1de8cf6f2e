import { AppError } from '#src/lib/app-error.ts';
import { type McpServer, type RestDialect, restSchema, transports } from '#src/lib/mcp/mcp-server.ts';
import type { HttpTarget } from '#src/server/mcp/transports/open-http.ts';
import type { RestTarget } from '#src/server/mcp/transports/open-rest.ts';
import type { StdioTarget } from '#src/server/mcp/transports/open-stdio.ts';

/** A server as a row, the frozen copy of a call, or a person describes it. */
export type McpEndpoint = {
  /** Left out: Streamable HTTP. */
  transport?: string | undefined;
  /** Empty for stdio. */
  url: string;
  stdio?: McpServer['stdio'] | undefined;
  rest?: RestDialect | null | undefined;
  /** What the last handshake settled on; null: find out. */
  era: 'modern' | 'legacy' | null;
};

export type McpTarget = HttpTarget | StdioTarget | RestTarget;

/** What exactly is connected to. `env` are the variables of a stdio server. Throws AppError `invalid-server`. */
export function targetOf(endpoint: McpEndpoint, env: Readonly<Record<string, string>> = {}): McpTarget {
  const transport = transports.find((known) => known === (endpoint.transport ?? 'streamable-http'));
  const { url, era } = endpoint;
  if (transport === 'rest') return { transport, url, dialect: endpoint.rest ?? restSchema.parse({}) };
  if (transport === 'streamable-http' || transport === 'sse') return { transport, url, era };
  if (transport === undefined || !endpoint.stdio)
    throw new AppError('invalid-server', 'This server cannot be connected to as it is stored.', {
      hint: 'Open its settings and save them again.',
    });
  const { command, args, session } = endpoint.stdio;
  return { transport, program: { command, args, env }, session, era };
}
