import { isAppError } from '#src/lib/app-error.ts';
import type { OpenExchange, Traffic } from '#src/server/mcp/transports/traffic.ts';

/** Wraps a fetch so that all that passes is recorded. It goes innermost, so that the request is recorded as it leaves. */
export function recordedFetch(fetch: typeof globalThis.fetch, traffic: Traffic): typeof globalThis.fetch {
  return async (input, init) => {
    if (traffic.idle?.()) return fetch(input, init);
    const request = new Request(input, init);
    const body = request.body === null ? null : await request.clone().text();
    const exchange = traffic.begin({ method: request.method, url: request.url, headers: request.headers, body });
    try {
      const response = await fetch(request, init?.redirect ? { redirect: init.redirect } : undefined);
      exchange.answered(response.status, response.headers);
      if (response.body === null) {
        exchange.ended();
        return response;
      }
      return new Response(tapped(response.body, exchange), {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      });
    } catch (error) {
      exchange.failed(wordsOf(error));
      throw error;
    }
  };
}

/** The same stream; what passes is noted, nothing is held back. */
function tapped(body: ReadableStream<Uint8Array>, exchange: OpenExchange): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(out) {
      try {
        const { done, value } = await reader.read();
        if (done) {
          exchange.ended();
          return out.close();
        }
        exchange.chunk(value);
        out.enqueue(value);
      } catch (error) {
        exchange.failed(wordsOf(error));
        throw error;
      }
    },
    cancel: (reason) => {
      exchange.ended();
      return reader.cancel(reason);
    },
  });
}

const wordsOf = (error: unknown): string =>
  isAppError(error)
    ? `${error.code}: ${error.message}`
    : error instanceof Error
      ? `${error.name}: ${error.message}`
      : 'unknown';
