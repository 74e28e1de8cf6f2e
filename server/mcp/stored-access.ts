import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { authorizeAsClient } from '#src/server/mcp/oauth/authorize.ts';
import type { GivenClient } from '#src/server/mcp/oauth/choose-client.ts';
import { grantTokens } from '#src/server/mcp/oauth/grant-tokens.ts';
import { oauthFetch } from '#src/server/mcp/oauth/oauth-fetch.ts';
import { oauthHttp } from '#src/server/mcp/oauth/oauth-http.ts';
import { ourClient } from '#src/server/mcp/oauth/our-client.ts';
import { storedGrant } from '#src/server/mcp/oauth/stored-grant.ts';
import { rotatingAccess } from '#src/server/mcp/rotating-access.ts';
import { keyAccess, type ServerAccess } from '#src/server/mcp/server-access.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { revealCredential } from '#src/server/secrets/credentials.ts';

/** Of a stored server, or of the frozen copy of a call. */
export type AccessTo = { id: string; url: string; auth: McpAuth; credentialId: string | null };

/** What lets us in at a stored server. Throws `not-found` when its key is gone, and `secret-unreadable`. */
export async function storedAccess(teamId: string, server: AccessTo): Promise<ServerAccess> {
  const { auth, credentialId } = server;
  if (auth.type === 'oauth')
    return oauthAccess(teamId, server, auth, credentialId ? await revealCredential(teamId, credentialId) : null);
  if (auth.type === 'none' || credentialId === null) return keyAccess(auth, null);
  const others = () => keysNow(teamId, server);
  // The copy that a call runs on may name a key that was changed twice since.
  const key = await revealCredential(teamId, credentialId).catch(async (error: unknown) => {
    const [now] = await others();
    if (now === undefined) throw error;
    return now;
  });
  return rotatingAccess(auth, key, others);
}

/** The keys of a server as it is stored now, for the same host and the same kind of check: the newest, then the one before. */
async function keysNow(teamId: string, server: AccessTo): Promise<string[]> {
  const row = await forTeam(teamId, (tx) => findServer(tx, server.id)).catch(() => null);
  if (!row || row.auth.type !== server.auth.type || originOf(row.url) !== originOf(server.url)) return [];
  const overlap = row.previousUntil !== null && row.previousUntil > new Date();
  const ids = [row.credentialId, overlap ? row.previousCredentialId : null].filter((id) => id !== null);
  const keys = await Promise.all(ids.map((id) => revealCredential(teamId, id).catch(() => null)));
  return keys.filter((key) => key !== null);
}

const originOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : '');

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
