import { type AppError, isAppError } from '#src/lib/app-error.ts';
import { refreshTokens } from '#src/server/mcp/oauth/authorize.ts';
import type { GivenClient } from '#src/server/mcp/oauth/choose-client.ts';
import { discover } from '#src/server/mcp/oauth/discover.ts';
import { oauthError, oauthExpired, oauthNeeded, oauthScope } from '#src/server/mcp/oauth/oauth-error.ts';
import type { Challenge, TokenSource } from '#src/server/mcp/oauth/oauth-fetch.ts';
import type { GrantStore, OAuthGrant, Tokens } from '#src/server/mcp/oauth/oauth-grant.ts';

export type GrantTokensOptions = {
  store: GrantStore;
  /** The guarded fetch for documents and tokens. */
  fetch: typeof globalThis.fetch;
  serverUrl: string;
  given: () => Promise<GivenClient>;
  /** Gets a grant without a person (client credentials). Without it, a person is told to sign in. */
  signIn?: ((challenge: Challenge, grant: OAuthGrant | null) => Promise<OAuthGrant>) | undefined;
  now?: () => number;
};

/** A token is renewed this long before its end, so that none runs out on the way. */
const renewBeforeMs = 30_000;

// Sessions of one process that meet the same refusal wait for one renewal, instead of queueing for the lock one by one.
const renewing = new Map<string, Promise<Tokens>>();

/** The tokens of one grant: kept in hand, renewed under the store's lock. `seen` answers the secrets that were used. */
export function grantTokens(o: GrantTokensOptions): TokenSource & { seen(): readonly string[] } {
  const now = o.now ?? Date.now;
  const seen = new Set<string>();
  let held: Tokens | null = null;
  const hold = (tokens: Tokens): Tokens => {
    held = tokens;
    seen.add(tokens.accessToken);
    if (tokens.refreshToken) seen.add(tokens.refreshToken);
    return tokens;
  };
  const once = (what: string, work: () => Promise<Tokens>): Promise<Tokens> => {
    const key = `${o.store.id} ${what}`;
    const running = renewing.get(key) ?? work().finally(() => renewing.delete(key));
    renewing.set(key, running);
    return running;
  };
  const renew = async (refused: string | null, challenge: Challenge | null): Promise<string> =>
    hold(await once(`renew ${refused}`, () => renewed(o, refused, challenge))).accessToken;

  return {
    seen: () => [...seen],
    async current() {
      if (held === null) {
        const grant = ofServer(await o.store.read(), o.serverUrl);
        if (!grant?.tokens) return null;
        hold(grant.tokens);
      }
      const tokens: Tokens | null = held;
      if (tokens === null) return null;
      if (tokens.expiresAt === null || tokens.expiresAt - now() > renewBeforeMs) return tokens.accessToken;
      if (!tokens.refreshToken && !o.signIn) return tokens.accessToken; // the server says when it is over
      return renew(tokens.accessToken, null).catch((error: unknown) => {
        if (tokens.expiresAt !== null && tokens.expiresAt > now() && isAppError(error) && error.retryable)
          return tokens.accessToken; // it is still good for some seconds
        throw error;
      });
    },
    renew: (refused, challenge) => renew(refused, challenge),
    async widen(refused, challenge) {
      const widened = () => wider(o, refused, challenge);
      return hold(await once(`widen ${refused} ${challenge.scope ?? ''}`, widened)).accessToken;
    },
  };
}

/** `challenge` is null when the token's time is over and no server has refused it yet. */
async function renewed(o: GrantTokensOptions, refused: string | null, challenge: Challenge | null): Promise<Tokens> {
  let failure: AppError | null = null;
  const after = await o.store.change(async (stored) => {
    let grant = ofServer(stored, o.serverUrl);
    if (grant?.tokens && grant.tokens.accessToken !== refused) return grant; // another process has done it
    try {
      if (challenge) grant = await discoveredAgain(o, grant, challenge);
      const { discovery, client, tokens } = grant ?? {};
      if (grant && discovery && client && tokens?.refreshToken) {
        const fresh = await refreshTokens(
          o.fetch,
          { discovery, client, tokens },
          tokens.refreshToken,
          await o.given(),
        ).catch((error: unknown) => {
          const app = oauthError(error);
          if (app.code === 'oauth-expired' && o.signIn) return null;
          throw app;
        });
        if (fresh) return { ...grant, tokens: fresh };
      }
      if (o.signIn) return await o.signIn(challenge ?? {}, grant);
      failure = refused === null ? oauthNeeded(grant?.discovery?.issuer ?? null) : oauthExpired();
    } catch (error) {
      failure = oauthError(error);
      // What may work later leaves the tokens as they are.
      if (failure.retryable) return grant ?? empty(o.serverUrl);
    }
    const client = failure.code === 'oauth-client-refused' ? null : (grant?.client ?? null);
    return { ...(grant ?? empty(o.serverUrl)), client, tokens: null };
  });
  if (failure) throw failure;
  if (!after.tokens) throw oauthNeeded(after.discovery?.issuer ?? null);
  return after.tokens;
}

/** A server may have moved to another authorization server: then nothing of the old one is of use there. */
async function discoveredAgain(
  o: GrantTokensOptions,
  grant: OAuthGrant | null,
  challenge: Challenge,
): Promise<OAuthGrant> {
  const before = grant ?? empty(o.serverUrl);
  const discovery = await discover(o.fetch, o.serverUrl, challenge).catch((error: unknown) => {
    const app = oauthError(error);
    if (app.retryable && before.discovery) return before.discovery;
    throw app;
  });
  if (!before.discovery || before.discovery.issuer === discovery.issuer) return { ...before, discovery };
  // A client that was registered by hand stays known with its issuer, so that its secret goes nowhere else.
  const client = before.client?.kind === 'registered-before' ? before.client : null;
  return { ...before, discovery, client, tokens: null };
}

async function wider(o: GrantTokensOptions, refused: string, challenge: Challenge): Promise<Tokens> {
  const asked = (challenge.scope ?? '').split(/\s+/).filter(Boolean);
  let failure: AppError | null = null;
  const after = await o.store.change(async (stored) => {
    const grant = ofServer(stored, o.serverUrl) ?? empty(o.serverUrl);
    if (grant.tokens && grant.tokens.accessToken !== refused) return grant;
    try {
      if (o.signIn) return await o.signIn(challenge, grant);
      failure = oauthScope(asked);
    } catch (error) {
      failure = oauthError(error);
    }
    return { ...grant, wantedScopes: [...new Set([...grant.wantedScopes, ...asked])].slice(0, 50) };
  });
  if (failure) throw failure;
  if (!after.tokens) throw oauthNeeded(after.discovery?.issuer ?? null);
  return after.tokens;
}

/** A grant of another origin is none: its tokens stay there. */
function ofServer(grant: OAuthGrant | null, serverUrl: string): OAuthGrant | null {
  return grant && new URL(grant.serverUrl).origin === new URL(serverUrl).origin ? grant : null;
}

const empty = (serverUrl: string): OAuthGrant => ({
  serverUrl,
  discovery: null,
  client: null,
  tokens: null,
  wantedScopes: [],
});
