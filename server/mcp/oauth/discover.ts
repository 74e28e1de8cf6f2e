import {
  checkResourceAllowed,
  discoverAuthorizationServerMetadata,
  discoverOAuthProtectedResourceMetadata,
  type OAuthProtectedResourceMetadata,
  resourceUrlFromServerUrl,
} from '@modelcontextprotocol/client';
import { z } from 'zod';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import { isLoopback } from '#src/server/config.ts';
import type { Challenge } from '#src/server/mcp/oauth/oauth-fetch.ts';
import { type Discovery, serverMetadataSchema } from '#src/server/mcp/oauth/oauth-grant.ts';
import { type OAuthLadder, oauthLadder } from '#src/server/mcp/oauth/oauth-ladder.ts';

/**
 * Where a server sends us for a token: its own metadata (RFC 9728), then its authorization server's (RFC 8414). A server of the
 * oldest revision has neither: then it is its own authorization server.
 * `fetch` must carry no key: both addresses are the server's choice. Throws AppErrors.
 */
export async function discover(
  fetch: typeof globalThis.fetch,
  serverUrl: string,
  challenge: Challenge,
  ladder: OAuthLadder = oauthLadder(),
): Promise<Discovery> {
  const resource = await ladder.step(
    'resource-metadata',
    () => resourceMetadata(fetch, serverUrl, challenge),
    (found) => (found ? `${found.resource}` : 'none: the server is taken for its own authorization server'),
  );
  const authorizationServerUrl = resource?.authorization_servers?.[0] ?? new URL('/', serverUrl).href;
  const metadata = await ladder.step(
    'server-metadata',
    () => serverMetadata(fetch, authorizationServerUrl, resource !== null),
    (found) => found?.issuer ?? `none at ${authorizationServerUrl}: the default paths are used`,
  );
  return {
    authorizationServerUrl,
    issuer: metadata?.issuer ?? authorizationServerUrl,
    metadata,
    resource: resource?.resource ?? null,
    resourceScopes: resource?.scopes_supported ?? [],
  };
}

async function resourceMetadata(
  fetch: typeof globalThis.fetch,
  serverUrl: string,
  { resourceMetadataUrl }: Challenge,
): Promise<OAuthProtectedResourceMetadata | null> {
  const found = await discoverOAuthProtectedResourceMetadata(
    serverUrl,
    resourceMetadataUrl ? { resourceMetadataUrl } : {},
    fetch,
  ).catch((error: unknown) => {
    // The client throws a bare Error for "there is none"; what the network or the guard says, and a broken document, counts.
    const absent = error instanceof Error && !isAppError(error) && !isAppError(error.cause) && error.name === 'Error';
    if (absent && !resourceMetadataUrl) return null;
    throw error;
  });
  const requestedResource = resourceUrlFromServerUrl(serverUrl);
  if (found && !checkResourceAllowed({ requestedResource, configuredResource: found.resource }))
    throw new AppError('oauth-resource-mismatch', 'The server publishes the metadata of another server.', {
      hint: 'Check the address. A token for it would be for someone else.',
      raw: `resource: ${found.resource.slice(0, 200)}`,
    });
  return found;
}

async function serverMetadata(
  fetch: typeof globalThis.fetch,
  authorizationServerUrl: string,
  required: boolean,
): Promise<z.infer<typeof serverMetadataSchema> | null> {
  const found = await discoverAuthorizationServerMetadata(authorizationServerUrl, { fetchFn: fetch });
  if (!found && required)
    throw new AppError('oauth-metadata', 'The authorization server publishes no metadata.', {
      hint: 'Tell whoever runs it.',
      raw: authorizationServerUrl.slice(0, 200),
    });
  if (!found) return null;
  const metadata = serverMetadataSchema.parse(found);
  for (const address of [metadata.authorization_endpoint, metadata.token_endpoint, metadata.registration_endpoint])
    if (address !== undefined) checkEndpoint(address);
  return metadata;
}

/** A person's browser is sent there: nothing but https, and http on this machine. */
function checkEndpoint(address: string): void {
  const url = new URL(z.url({ protocol: /^https?$/ }).parse(address));
  if (url.protocol === 'http:' && !isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
    throw new AppError('https-required', 'The authorization server works over plain http.', {
      hint: 'Ask whoever runs it for an https address.',
    });
}
