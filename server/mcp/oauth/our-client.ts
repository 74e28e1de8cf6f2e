import type { OAuthClientMetadata } from '@modelcontextprotocol/client';
import { config, isLoopback } from '#src/server/config.ts';

/** Patchbay as an OAuth client. */
export type OurClient = {
  redirectUri: string;
  /** Where our metadata document can be read by an authorization server; null while nobody outside can reach us. */
  metadataUrl: string | null;
  name: string;
  uri: string;
};

/** This installation as a client. */
export function ourClient(publicUrl: string = config().publicUrl): OurClient {
  const at = (path: string) => new URL(path, publicUrl).href;
  const url = new URL(publicUrl);
  const reachable = url.protocol === 'https:' && !isLoopback(url.hostname);
  return {
    redirectUri: at('/oauth/callback'),
    metadataUrl: reachable ? at('/oauth/client.json') : null,
    name: 'Patchbay',
    uri: publicUrl,
  };
}

/** What is sent to register, and what the metadata document says. */
export function clientMetadata(us: OurClient, authMethod: string): OAuthClientMetadata {
  const { hostname, protocol } = new URL(us.redirectUri);
  return {
    client_name: us.name,
    client_uri: us.uri,
    redirect_uris: [us.redirectUri],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: authMethod,
    application_type: protocol === 'http:' && isLoopback(hostname) ? 'native' : 'web',
  };
}

/** The client id metadata document: its own address is the client's id. */
export function clientMetadataDocument(us: OurClient = ourClient()): Record<string, unknown> {
  return { client_id: new URL('/oauth/client.json', us.uri).href, ...clientMetadata(us, 'none') };
}
