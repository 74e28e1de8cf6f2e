import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import { keyedFetch } from '#src/server/mcp/keyed-fetch.ts';

/**
 * What lets us in at one server: a key, or OAuth tokens that renew themselves. `openMcpSession` wraps its guarded fetch with it
 * (`access.wrap(guardedFetch(), url)`), inside of anything that records what goes over the wire.
 */
export type ServerAccess = {
  /** A fetch that adds what the server asks for, to requests to the server's own origin only. Throws AppErrors `oauth-…`. */
  wrap(fetch: typeof globalThis.fetch, serverUrl: string): typeof globalThis.fetch;
  /** All secrets in use by now, to be taken out of whatever is shown. Ask again each time: tokens change. */
  secrets(): readonly string[];
};

/** Access with a key that is in hand, for a server that is not stored. */
export function keyAccess(auth: McpAuth, key: string | null): ServerAccess {
  return {
    wrap: (fetch, serverUrl) => keyedFetch(fetch, serverUrl, auth, key),
    secrets: () => (key === null ? [] : [key]),
  };
}
