import { AsyncLocalStorage } from 'node:async_hooks';
import { repeatable } from '#src/server/mcp/repeatable.ts';

/** Where the key of a write stands in `_meta` of `tools/call`; over HTTP it is the header `Idempotency-Key` too. */
export const idempotencyMeta = 'dev.patchbay/idempotency-key';
export const idempotencyHeader = 'idempotency-key';

/** The SDK's client takes no headers for one request; the fetch below it knows of no tool call. This ties the two together. */
const keys = new AsyncLocalStorage<string>();

/** Runs one request whose messages bear this key. */
export function withIdempotencyKey<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
  return key === undefined ? work() : keys.run(key, work);
}

/** Adds the key to messages to the server's own origin, and to nothing else that is sent meanwhile. */
export function idempotentFetch(fetch: typeof globalThis.fetch, serverUrl: string): typeof globalThis.fetch {
  const { origin } = new URL(serverUrl);
  return async (input, asked) => {
    const key = keys.getStore();
    if (key === undefined) return fetch(input, asked);
    const { url, init } = await repeatable(input, asked);
    const isMessage = init.method === 'POST' && init.headers.get('content-type')?.startsWith('application/json');
    if (isMessage && url.origin === origin) init.headers.set(idempotencyHeader, key);
    return fetch(url, init);
  };
}
