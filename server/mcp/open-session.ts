import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import type { AskPerson, McpSession } from '#src/server/mcp/mcp-session.ts';
import { keyAccess, type ServerAccess } from '#src/server/mcp/server-access.ts';
import { openHttp } from '#src/server/mcp/transports/open-http.ts';
import { openRest } from '#src/server/mcp/transports/open-rest.ts';
import { openStdio } from '#src/server/mcp/transports/open-stdio.ts';
import { type McpEndpoint, targetOf } from '#src/server/mcp/transports/target.ts';
import type { Traffic } from '#src/server/mcp/transports/traffic.ts';

export type OpenSession = {
  server: McpEndpoint & { auth: McpAuth };
  /** Of a server that is not stored. */
  key?: string | null | undefined;
  /** Of a stored server (`storedAccess`); then `key` is not looked at. */
  access?: ServerAccess | undefined;
  /** Variables of a stdio server (`storedEnv`). */
  env?: Readonly<Record<string, string>> | undefined;
  /** Where all that goes over the wire is recorded. */
  traffic?: Traffic | undefined;
  /** Answers what the server asks a person; left out, the question is called off. */
  ask?: AskPerson | undefined;
  /** The raw tools of a REST server are on offer, whatever its settings say. */
  raw?: boolean | undefined;
  /** A stdio program has started; it has said nothing yet. */
  onStarted?: (() => void) | undefined;
  /** A server that looks at the key only when asked for something is asked for nothing, to see that it takes it. */
  checkKey?: boolean | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Connects to a server over its transport. Every transport throws AppErrors: as `mcpError` and the guarded fetch name them,
 * `old-transport`, `not-old-transport`, `stdio-off`, `program-missing`, `program-ended`, `unhealthy`, `not-rest`,
 * `invalid-server`; or the signal's reason.
 */
export async function openMcpSession(o: OpenSession): Promise<McpSession> {
  const target = targetOf(o.server, o.env);
  const access = o.access ?? keyAccess(o.server.auth, o.key ?? null);
  if (target.transport === 'stdio') return openStdio({ ...o, target });
  if (target.transport === 'rest')
    return openRest({ ...o, target, access, raw: o.raw === true || target.dialect.rawForAssistants });
  return openHttp({ ...o, target, access });
}
