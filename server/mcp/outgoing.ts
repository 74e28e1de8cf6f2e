/** A request as it is sent; its body is in hand, so that it can be sent again after a redirect. */
export type Outgoing = { url: URL; method: string; headers: Headers; body: Buffer | null; signal: AbortSignal };

/** What the arguments of a `fetch` ask for. Text bodies, which is what MCP sends, need no `Request` in between: it costs half of a call's overhead. */
export async function outgoing(input: string | URL | Request, init: RequestInit | undefined): Promise<Outgoing> {
  if (!(input instanceof Request) && (init?.body === undefined || init.body === null || typeof init.body === 'string'))
    return {
      url: new URL(input),
      method: init?.method?.toUpperCase() ?? 'GET',
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? Buffer.from(init.body) : null,
      signal: init?.signal ?? new AbortController().signal,
    };
  const request = new Request(input, init);
  const { method, signal } = request;
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  return { url: new URL(request.url), method, headers: new Headers(request.headers), body, signal };
}
