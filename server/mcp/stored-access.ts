import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import { authorizeAsClient } from '#src/server/mcp/oauth/authorize.ts';
import type { GivenClient } from '#src/server/mcp/oauth/choose-client.ts';
import { grantTokens } from '#src/server/mcp/oauth/grant-tokens.ts';
import { oauthFetch } from '#src/server/mcp/oauth/oauth-fetch.ts';
import { oauthHttp } from '#src/server/mcp/oauth/oauth-http.ts';
import { ourClient } from '#src/server/mcp/oauth/our-client.ts';
import { storedGrant } from '#src/server/mcp/oauth/stored-grant.ts';
import { keyAccess, type ServerAccess } from '#src/server/mcp/server-access.ts';
import { revealCredential } from '#src/server/secrets/credentials.ts';

/** Of a stored server, or of the frozen copy of a call. */
export type AccessTo = { id: string; url: string; auth: McpAuth; credentialId: string | null };

/** What lets us in at a stored server. Throws `not-found` when its key is gone, and `secret-unreadable`. */
export async function storedAccess(teamId: string, server: AccessTo): Promise<ServerAccess> {
  const key = server.credentialId ? await revealCredential(teamId, server.credentialId) : null;
  if (server.auth.type !== 'oauth') return keyAccess(server.auth, key);
  return oauthAccess(teamId, server, server.auth, key);
}

function oauthAccess(
  teamId: string,
  server: AccessTo,
  auth: Extract<McpAuth, { type: 'oauth' }>,
  secret: string | null,
): ServerAccess {
  const fetch = oauthHttp();
  const given: GivenClient = { clientId: auth.clientId, secret };
  const tokens = grantTokens({
    store: storedGrant(teamId, server.id),
    fetch,
    serverUrl: server.url,
    given: async () => given,
    ...(auth.grant === 'client-credentials'
      ? {
          signIn: (challenge, grant) =>
            authorizeAsClient({
              fetch,
              serverUrl: server.url,
              scopes: auth.scopes,
              given,
              us: ourClient(),
              challenge,
              grant,
            }),
        }
      : {}),
  });
  return {
    wrap: (inner, serverUrl) => oauthFetch(inner, serverUrl, tokens),
    secrets: () => [...tokens.seen(), ...(secret === null ? [] : [secret])],
  };
}
