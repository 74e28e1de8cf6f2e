import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import { keyedFetch } from '#src/server/mcp/keyed-fetch.ts';
import { repeatable } from '#src/server/mcp/repeatable.ts';
import type { ServerAccess } from '#src/server/mcp/server-access.ts';

/**
 * Access with a key that may change while it is in use. When the server refuses it, `others` is asked which keys there are now,
 * best first: the one it was changed to, and the one before while the overlap lasts. The first that is taken stays in use.
 * Sending again is safe for writes too: a server that answers 401 or 403 has not done anything.
 */
export function rotatingAccess(auth: McpAuth, key: string, others: () => Promise<readonly string[]>): ServerAccess {
  let held = key;
  const used = new Set([key]);
  return {
    secrets: () => [...used],
    wrap: (fetch, serverUrl) => {
      const { origin } = new URL(serverUrl);
      return async (input, asked) => {
        const { url, init } = await repeatable(input, asked);
        if (url.origin !== origin) return fetch(url, init);
        const send = (with_: string) => keyedFetch(fetch, serverUrl, auth, with_)(url, init);
        const tried = held;
        const response = await send(tried);
        if (!refused(response)) return response;
        for (const other of await others()) {
          if (other === tried) continue;
          used.add(other);
          const again = await send(other);
          if (!refused(again)) {
            await response.body?.cancel();
            held = other;
            return again;
          }
          await again.body?.cancel();
        }
        return response;
      };
    },
  };
}

const refused = ({ status }: Response): boolean => status === 401 || status === 403;
