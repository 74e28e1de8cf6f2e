import {
  computeScopeUnion,
  exchangeAuthorization,
  fetchToken,
  type OAuthClientProvider,
  type OAuthTokens,
  refreshAuthorization,
  startAuthorization,
} from '@modelcontextprotocol/client';
import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import { chooseClient, type GivenClient } from '#src/server/mcp/oauth/choose-client.ts';
import { discover } from '#src/server/mcp/oauth/discover.ts';
import type { Challenge } from '#src/server/mcp/oauth/oauth-fetch.ts';
import {
  type Discovery,
  discoverySchema,
  type OAuthClient,
  type OAuthGrant,
  oauthClientSchema,
  type Tokens,
} from '#src/server/mcp/oauth/oauth-grant.ts';
import { type OAuthLadder, oauthLadder } from '#src/server/mcp/oauth/oauth-ladder.ts';
import type { OurClient } from '#src/server/mcp/oauth/our-client.ts';

/** What an authorization needs to know; `fetch` is the guarded one without any key. */
export type AuthorizeOptions = {
  fetch: typeof globalThis.fetch;
  serverUrl: string;
  /** What the operator chose to ask for. */
  scopes: readonly string[];
  given: GivenClient;
  us: OurClient;
  challenge: Challenge;
  grant: OAuthGrant | null;
  ladder?: OAuthLadder;
};

/** An authorization that waits for a person; sealed while it waits. */
export const pendingSchema = z.object({
  serverUrl: z.string(),
  verifier: z.string(),
  redirectUri: z.string(),
  discovery: discoverySchema,
  client: oauthClientSchema,
  scope: z.string().optional(),
});
export type Pending = z.infer<typeof pendingSchema>;

/** Finds the authorization server, a client and the scopes, and makes the address where a person signs in. Throws AppErrors. */
export async function beginAuthorization(o: AuthorizeOptions & { state: string }): Promise<{
  url: URL;
  pending: Pending;
}> {
  const ladder = o.ladder ?? oauthLadder();
  const { discovery, client, scope } = await prepare(o, ladder);
  const { authorizationUrl, codeVerifier } = await startAuthorization(discovery.authorizationServerUrl, {
    ...(discovery.metadata ? { metadata: discovery.metadata } : {}),
    clientInformation: withSecret(client, o.given),
    redirectUrl: o.us.redirectUri,
    state: o.state,
    ...(scope ? { scope } : {}),
    ...(discovery.resource ? { resource: discovery.resource } : {}),
  });
  ladder.mark('authorize', 'waiting', scope ? `asks for ${scope}` : 'asks for no particular scope');
  const { redirectUri } = o.us;
  return {
    url: authorizationUrl,
    pending: {
      serverUrl: o.serverUrl,
      verifier: codeVerifier,
      redirectUri,
      discovery,
      client,
      ...(scope ? { scope } : {}),
    },
  };
}

/** Takes the code that the person came back with. `iss` is checked before it is used (RFC 9207). Throws what the client throws. */
export async function redeemCode(
  fetch: typeof globalThis.fetch,
  pending: Pending,
  answer: { code: string; iss: string | undefined },
  given: GivenClient,
): Promise<OAuthGrant> {
  const { discovery, client, serverUrl, verifier, redirectUri, scope } = pending;
  const tokens = await exchangeAuthorization(discovery.authorizationServerUrl, {
    ...(discovery.metadata ? { metadata: discovery.metadata } : {}),
    clientInformation: withSecret(client, given),
    authorizationCode: answer.code,
    ...(answer.iss === undefined ? {} : { iss: answer.iss }),
    codeVerifier: verifier,
    redirectUri,
    ...(discovery.resource ? { resource: discovery.resource } : {}),
    fetchFn: fetch,
  });
  return { serverUrl, discovery, client, tokens: keptTokens(tokens, scope), wantedScopes: [] };
}

/** A token for ourselves, without a person. Throws AppErrors and what the client throws. */
export async function authorizeAsClient(o: AuthorizeOptions): Promise<OAuthGrant> {
  const ladder = o.ladder ?? oauthLadder();
  if (!o.given.clientId)
    throw new AppError('oauth-client-needed', 'Client credentials need a client.', {
      hint: 'Enter the client id and the secret that the authorization server gave you.',
    });
  const { discovery, client, scope } = await prepare(o, ladder);
  ladder.mark('authorize', 'skipped', 'client credentials: nobody has to sign in');
  const tokens = await ladder.step(
    'token',
    () =>
      fetchToken(clientCredentials(withSecret(client, o.given)), discovery.authorizationServerUrl, {
        ...(discovery.metadata ? { metadata: discovery.metadata } : {}),
        ...(discovery.resource ? { resource: discovery.resource } : {}),
        ...(scope ? { scope } : {}),
        fetchFn: o.fetch,
      }),
    (got) => tokenDetail(keptTokens(got, scope)),
  );
  return { serverUrl: o.serverUrl, discovery, client, tokens: keptTokens(tokens, scope), wantedScopes: [] };
}

/** New tokens for the refresh token. Throws what the client throws. */
export async function refreshTokens(
  fetch: typeof globalThis.fetch,
  grant: { discovery: Discovery; client: OAuthClient; tokens: Tokens },
  refreshToken: string,
  given: GivenClient,
): Promise<Tokens> {
  const { discovery, client, tokens } = grant;
  const renewed = await refreshAuthorization(discovery.authorizationServerUrl, {
    ...(discovery.metadata ? { metadata: discovery.metadata } : {}),
    clientInformation: withSecret(client, given),
    refreshToken,
    ...(discovery.resource ? { resource: discovery.resource } : {}),
    fetchFn: fetch,
  });
  return keptTokens(renewed, tokens.scope);
}

/** One line about a token, without it. */
export function tokenDetail(tokens: Tokens): string {
  const until =
    tokens.expiresAt === null ? 'no end named' : `good until ${new Date(tokens.expiresAt).toISOString().slice(0, 16)}Z`;
  return `${until}, ${tokens.refreshToken ? 'renews itself' : 'cannot be renewed'}${tokens.scope ? `, scope ${tokens.scope}` : ''}`;
}

async function prepare(o: AuthorizeOptions, ladder: OAuthLadder) {
  const discovery = await discover(o.fetch, o.serverUrl, o.challenge, ladder);
  const sameServer = o.grant?.discovery?.issuer === discovery.issuer;
  // What was granted before is asked for again, so that a wider token does not lose it.
  const scope = computeScopeUnion(
    o.scopes.join(' '),
    o.challenge.scope,
    sameServer ? o.grant?.tokens?.scope : undefined,
    o.grant?.wantedScopes.join(' '),
  );
  const client = await ladder.step(
    'client',
    () => chooseClient(o.fetch, { discovery, given: o.given, known: o.grant?.client ?? null, us: o.us, scope }),
    ({ kind, client_id }) => `${kindWords[kind]} ${client_id.slice(0, 100)}`,
  );
  return { discovery, client, scope };
}

const kindWords = {
  'registered-before': 'registered by hand:',
  'metadata-document': 'by its metadata document:',
  registered: 'registered itself as',
} as const;

/** The secret of a client that was registered by hand is kept apart, so that it can be changed. */
function withSecret(client: OAuthClient, given: GivenClient) {
  const { client_id, token_endpoint_auth_method } = client;
  const secret = client.kind === 'registered-before' ? given.secret : client.client_secret;
  return {
    client_id,
    ...(secret ? { client_secret: secret } : {}),
    ...(token_endpoint_auth_method && (secret || token_endpoint_auth_method === 'none')
      ? { token_endpoint_auth_method }
      : {}),
  };
}

function keptTokens(tokens: OAuthTokens, asked: string | undefined): Tokens {
  const scope = tokens.scope ?? asked; // left out, it is what was asked for (RFC 6749 section 5.1)
  return {
    accessToken: tokens.access_token,
    ...(tokens.refresh_token ? { refreshToken: tokens.refresh_token } : {}),
    ...(scope ? { scope } : {}),
    expiresAt: tokens.expires_in === undefined ? null : Date.now() + tokens.expires_in * 1000,
  };
}

/** What `fetchToken` wants of a provider, for this one grant. */
function clientCredentials(client: { client_id: string; client_secret?: string }): OAuthClientProvider {
  const none = () => {
    throw new Error('Client credentials have no browser in them.');
  };
  return {
    redirectUrl: undefined,
    clientMetadata: { redirect_uris: [], grant_types: ['client_credentials'] },
    clientInformation: () => client,
    tokens: () => undefined,
    saveTokens: () => {},
    redirectToAuthorization: none,
    saveCodeVerifier: none,
    codeVerifier: none,
    prepareTokenRequest: (scope) =>
      new URLSearchParams({ grant_type: 'client_credentials', ...(scope ? { scope } : {}) }),
  };
}
