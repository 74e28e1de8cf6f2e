import { extractWWWAuthenticateParams } from '@modelcontextprotocol/client';
import { repeatable } from '#src/server/mcp/repeatable.ts';

/** What a server said when it refused a token. */
export type Challenge = {
  resourceMetadataUrl?: URL | undefined;
  scope?: string | undefined;
  error?: string | undefined;
};

/** Where the tokens of one server come from. All throw AppErrors `oauth-needed`, `oauth-expired`, `oauth-scope`, which say what a person has to do. */
export type TokenSource = {
  /** The token to send now, renewed where its time is over; null when there is none. */
  current(): Promise<string | null>;
  /** After a 401 on `refused`: another token. */
  renew(refused: string | null, challenge: Challenge): Promise<string>;
  /** After `insufficient_scope` on `refused`: a token that may do more. */
  widen(refused: string, challenge: Challenge): Promise<string>;
};

/** A request is sent at most this often: once, once more with a renewed token, and once or twice with a wider one. */
const maxRounds = 4;

/**
 * Adds the token of a server, to requests to its own origin only. A refused token is renewed and the request sent again,
 * which is safe for writes too: a server that answers 401 or 403 has not done anything.
 * Throws what the token source throws, and hands the last answer on when the rounds are over.
 */
export function oauthFetch(
  fetch: typeof globalThis.fetch,
  serverUrl: string,
  tokens: TokenSource,
): typeof globalThis.fetch {
  const { origin } = new URL(serverUrl);
  return async (input, asked) => {
    const { url, init } = await repeatable(input, asked);
    if (url.origin !== origin) return fetch(url, init);
    const send = (token: string | null) => {
      const headers = new Headers(init.headers);
      if (token !== null) headers.set('authorization', `Bearer ${token}`);
      return fetch(url, { ...init, headers });
    };
    let token = await tokens.current();
    let renewed = false;
    for (let round = 1; ; round++) {
      const response = await send(token);
      const refusal = refusalOf(response);
      if (refusal === null || round === maxRounds) return response;
      if (refusal === 'token' && renewed) return response; // a fresh token is refused as well: another one would be too
      await response.body?.cancel();
      const challenge = extractWWWAuthenticateParams(response);
      init.signal?.throwIfAborted();
      if (refusal === 'scope' && token !== null) token = await tokens.widen(token, challenge);
      else {
        token = await tokens.renew(token, challenge);
        renewed = true;
      }
    }
  };
}

function refusalOf(response: Response): 'token' | 'scope' | null {
  if (response.status === 401) return 'token';
  if (response.status === 403 && extractWWWAuthenticateParams(response).error === 'insufficient_scope') return 'scope';
  return null;
}
