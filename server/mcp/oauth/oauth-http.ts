import { createGuardedFetch, guardRules } from '#src/server/mcp/guarded-fetch.ts';

const requestTimeoutMs = 10_000;
let ours: typeof fetch | undefined;

/** The guarded fetch for documents and tokens: they are small and come soon. Carries no key and no header of a server. */
export function oauthHttp(): typeof fetch {
  ours ??= limited(createGuardedFetch({ rules: guardRules(), maxBytes: 256 * 1024, connectTimeoutMs: 5_000 }));
  return ours;
}

function limited(guarded: typeof fetch): typeof fetch {
  return (input, init) => {
    const limit = AbortSignal.timeout(requestTimeoutMs);
    return guarded(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, limit]) : limit });
  };
}
