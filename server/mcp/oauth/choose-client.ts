import { registerClient } from '@modelcontextprotocol/client';
import { AppError } from '#src/lib/app-error.ts';
import type { Discovery, OAuthClient } from '#src/server/mcp/oauth/oauth-grant.ts';
import { clientMetadata, type OurClient } from '#src/server/mcp/oauth/our-client.ts';

/** A client that an operator registered by hand. */
export type GivenClient = { clientId?: string | undefined; secret: string | null };

/**
 * Who we are at an authorization server, in the order of the specification: registered beforehand, by our metadata document,
 * known from an earlier registration, registered now. Throws AppErrors; `oauth-client-needed` when none is possible.
 */
export async function chooseClient(
  fetch: typeof globalThis.fetch,
  o: { discovery: Discovery; given: GivenClient; known: OAuthClient | null; us: OurClient; scope: string | undefined },
): Promise<OAuthClient> {
  const { discovery, given, known, us } = o;
  const { issuer, metadata } = discovery;
  if (given.clientId) return givenClient(given.clientId, discovery, known, us);
  if (us.metadataUrl !== null && metadata?.client_id_metadata_document_supported)
    return { client_id: us.metadataUrl, issuer, redirectUri: us.redirectUri, kind: 'metadata-document' };
  if (known?.kind === 'registered' && known.issuer === issuer && known.redirectUri === us.redirectUri && fresh(known))
    return known;
  if (metadata && !metadata.registration_endpoint)
    throw new AppError('oauth-client-needed', 'This authorization server does not register clients by itself.', {
      hint: `Register Patchbay there with the callback ${us.redirectUri}, and enter the client id here.`,
    });
  const registered = await registerClient(discovery.authorizationServerUrl, {
    ...(metadata ? { metadata } : {}),
    clientMetadata: clientMetadata(us, authMethod(metadata?.token_endpoint_auth_methods_supported)),
    ...(o.scope ? { scope: o.scope } : {}),
    fetchFn: fetch,
  });
  return {
    client_id: registered.client_id,
    ...(registered.client_secret ? { client_secret: registered.client_secret } : {}),
    ...(registered.client_secret_expires_at ? { client_secret_expires_at: registered.client_secret_expires_at } : {}),
    ...(registered.token_endpoint_auth_method
      ? { token_endpoint_auth_method: registered.token_endpoint_auth_method }
      : {}),
    issuer,
    redirectUri: us.redirectUri,
    kind: 'registered',
  };
}

/** A secret that was given for one authorization server is not handed to another, whatever the MCP server says. */
function givenClient(clientId: string, { issuer }: Discovery, known: OAuthClient | null, us: OurClient): OAuthClient {
  if (known?.kind === 'registered-before' && known.client_id === clientId && known.issuer !== issuer)
    throw new AppError('oauth-server-changed', `The server now names another authorization server: ${issuer}.`, {
      hint: 'Ask whoever runs it. If it is right, forget the sign-in and enter the client for the new one.',
    });
  return { client_id: clientId, issuer, redirectUri: us.redirectUri, kind: 'registered-before' };
}

const fresh = (client: OAuthClient): boolean =>
  !client.client_secret_expires_at || client.client_secret_expires_at * 1000 > Date.now();

/** The default of the standard, when the server does not say, is a secret by HTTP Basic. */
const authMethod = (supported: readonly string[] | undefined): string =>
  ['client_secret_basic', 'client_secret_post', 'none'].find((method) => supported?.includes(method)) ??
  'client_secret_basic';
