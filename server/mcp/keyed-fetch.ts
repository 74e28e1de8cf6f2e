import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';

/** Adds the key of a server, and only to requests to its own origin: a redirect or a discovered address never gets it. */
export function keyedFetch(
  fetch: typeof globalThis.fetch,
  serverUrl: string,
  auth: McpAuth,
  key: string | null,
): typeof globalThis.fetch {
  const { origin } = new URL(serverUrl);
  if (auth.type === 'none' || key === null) return fetch;
  return (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin !== origin) return fetch(request, redirectOf(init));
    if (auth.type === 'api-key' && auth.in === 'query') {
      url.searchParams.set(auth.name, key);
      return fetch(new Request(url, request), redirectOf(init));
    }
    const headers = new Headers(request.headers);
    if (auth.type !== 'api-key') headers.set('authorization', `Bearer ${key}`);
    else headers.set(auth.name, key);
    return fetch(new Request(request, { headers }), redirectOf(init));
  };
}

const redirectOf = (init: RequestInit | undefined): RequestInit | undefined =>
  init?.redirect ? { redirect: init.redirect } : undefined;
