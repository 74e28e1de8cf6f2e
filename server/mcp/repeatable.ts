/** The arguments of a `fetch` in a form that can be changed and sent again. */
export type Repeatable = { url: URL; init: RequestInit & { headers: Headers } };

/** Text bodies, which is what MCP sends, are taken as they are: a `Request` in between would cost half of a call's overhead. */
export async function repeatable(input: string | URL | Request, init: RequestInit | undefined): Promise<Repeatable> {
  const body = init?.body;
  if (!(input instanceof Request) && (body === undefined || body === null || typeof body === 'string'))
    return { url: new URL(input), init: { ...init, headers: new Headers(init?.headers) } };
  const request = new Request(input, init);
  const { method, signal } = request;
  const bytes = request.body === null ? null : await request.arrayBuffer();
  const redirect = init?.redirect ? { redirect: init.redirect } : {};
  return {
    url: new URL(request.url),
    init: { method, headers: new Headers(request.headers), body: bytes, signal, ...redirect },
  };
}
