import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import { repeatable } from '#src/server/mcp/repeatable.ts';

/** Adds the key of a server, and only to requests to its own origin: a redirect or a discovered address never gets it. */
export function keyedFetch(
  fetch: typeof globalThis.fetch,
  serverUrl: string,
  auth: McpAuth,
  key: string | null,
): typeof globalThis.fetch {
  const { origin } = new URL(serverUrl);
  if (auth.type === 'none' || key === null) return fetch;
  return async (input, asked) => {
    const { url, init } = await repeatable(input, asked);
    if (url.origin !== origin) return fetch(url, init);
    if (auth.type === 'api-key' && auth.in === 'query') url.searchParams.set(auth.name, key);
    else if (auth.type === 'api-key') init.headers.set(auth.name, key);
    else init.headers.set('authorization', `Bearer ${key}`);
    return fetch(url, init);
  };
}
