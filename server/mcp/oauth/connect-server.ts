import { randomBytes } from 'node:crypto';
import { extractWWWAuthenticateParams, validateAuthorizationResponseIssuer } from '@modelcontextprotocol/client';
import { eq } from 'drizzle-orm';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { McpAuth } from '#src/lib/mcp/mcp-server.ts';
import type { OAuthStarted, OAuthStep } from '#src/lib/mcp/oauth-steps.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { oauthFlows } from '#src/server/db/schema.ts';
import {
  type AuthorizeOptions,
  authorizeAsClient,
  beginAuthorization,
  type Pending,
  redeemCode,
  tokenDetail,
} from '#src/server/mcp/oauth/authorize.ts';
import type { GivenClient } from '#src/server/mcp/oauth/choose-client.ts';
import type { Challenge } from '#src/server/mcp/oauth/oauth-fetch.ts';
import { flowUnknown, keepFlow, takeFlow } from '#src/server/mcp/oauth/oauth-flows.ts';
import { oauthHttp } from '#src/server/mcp/oauth/oauth-http.ts';
import { oauthLadder } from '#src/server/mcp/oauth/oauth-ladder.ts';
import { ourClient } from '#src/server/mcp/oauth/our-client.ts';
import { forgetGrant, storedGrant } from '#src/server/mcp/oauth/stored-grant.ts';
import { findServer, type ServerRow } from '#src/server/mcp/server-rows.ts';
import { revealCredential } from '#src/server/secrets/credentials.ts';

type OAuthAuth = Extract<McpAuth, { type: 'oauth' }>;

/**
 * Starts the authorization of a server. With client credentials it is done at once; else `url` is where `userId` signs in, in
 * the browser, within ten minutes. What the servers do wrong is in the steps.
 * Throws `not-found`, `oauth-not-chosen`, and `person-needed` when a program asks for what only a person can do.
 */
export async function startOAuth(teamId: string, serverId: string, userId: string | null): Promise<OAuthStarted> {
  const { row, auth } = await oauthServer(teamId, serverId);
  if (auth.grant === 'authorization-code' && userId === null)
    throw new AppError('person-needed', 'A person has to sign in at the authorization server.', {
      hint: 'Start it from the page of the server; or use client credentials.',
    });
  const ladder = oauthLadder();
  const store = storedGrant(teamId, serverId);
  const fetch = oauthHttp();
  const answer = (url: URL | null, connected: boolean, pending?: Pending): OAuthStarted => ({
    url: url?.href ?? null,
    connected,
    scopes: pending?.scope?.split(' ') ?? [],
    offeredScopes: pending?.discovery.resourceScopes ?? [],
    steps: ladder.steps(),
  });
  try {
    const challenge = await ladder.step('resource-metadata', () => askForChallenge(fetch, row.url), describeChallenge);
    const grant = await store.read();
    const o: AuthorizeOptions = {
      fetch,
      serverUrl: row.url,
      scopes: auth.scopes,
      given: await givenClient(teamId, row, auth),
      us: ourClient(),
      challenge,
      grant: grant && new URL(grant.serverUrl).origin === new URL(row.url).origin ? grant : null,
      ladder,
    };
    if (auth.grant === 'client-credentials') {
      await store.change(() => authorizeAsClient(o));
      return answer(null, true);
    }
    const state = randomBytes(32).toString('base64url');
    const { url, pending } = await beginAuthorization({ ...o, state });
    await keepFlow(teamId, { serverId, userId, state, pending });
    await keepClient(store, pending);
    return answer(url, grant?.tokens != null, pending);
  } catch (error) {
    if (!isAppError(error) || ladder.steps().every((step) => step.state !== 'failed')) throw error;
    return answer(null, false);
  }
}

/**
 * Ends what `startOAuth` began, with what the browser brought back. Works once, for the person who started it.
 * Throws `oauth-flow-unknown`; what the authorization server does wrong is in the steps.
 */
export async function finishOAuth(
  teamId: string,
  userId: string,
  came: { state: string; code?: string | undefined; iss?: string | undefined; error?: string | undefined },
): Promise<{ serverId: string; ok: boolean; steps: OAuthStep[] }> {
  const { serverId, pending } = await takeFlow(teamId, userId, came.state);
  const { row, auth } = await oauthServer(teamId, serverId);
  const ladder = oauthLadder();
  try {
    const code = await ladder.step(
      'authorize',
      async () => codeOf(pending, came),
      () => 'signed in',
    );
    if (new URL(row.url).origin !== new URL(pending.serverUrl).origin) throw flowUnknown();
    const given = await givenClient(teamId, row, auth);
    await ladder.step(
      'token',
      () =>
        storedGrant(teamId, serverId).change(() => redeemCode(oauthHttp(), pending, { code, iss: came.iss }, given)),
      (grant) => (grant.tokens ? tokenDetail(grant.tokens) : ''),
    );
    return { serverId, ok: true, steps: ladder.steps() };
  } catch (error) {
    if (!isAppError(error) || ladder.steps().every((step) => step.state !== 'failed')) throw error;
    return { serverId, ok: false, steps: ladder.steps() };
  }
}

/** Forgets the tokens of a server and how we are known there. Throws `not-found`. */
export async function forgetOAuth(teamId: string, serverId: string): Promise<void> {
  await forTeam(teamId, async (tx) => {
    await findServer(tx, serverId);
    await forgetGrant(tx, serverId);
    await tx.delete(oauthFlows).where(eq(oauthFlows.serverId, serverId));
  });
}

async function oauthServer(teamId: string, serverId: string): Promise<{ row: ServerRow; auth: OAuthAuth }> {
  const row = await forTeam(teamId, (tx) => findServer(tx, serverId));
  if (row.auth.type !== 'oauth')
    throw new AppError('oauth-not-chosen', 'This server is not set to OAuth.', {
      hint: 'Choose OAuth as its way to sign in, and save.',
    });
  return { row, auth: row.auth };
}

async function givenClient(teamId: string, row: ServerRow, auth: OAuthAuth): Promise<GivenClient> {
  return {
    clientId: auth.clientId,
    secret: row.credentialId ? await revealCredential(teamId, row.credentialId) : null,
  };
}

/** Asks without a token: the answer says where tokens come from. */
async function askForChallenge(fetch: typeof globalThis.fetch, url: string): Promise<Challenge> {
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'patchbay', version: '0.1.0' },
  };
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params }),
  });
  await response.body?.cancel();
  return extractWWWAuthenticateParams(response);
}

const describeChallenge = (challenge: Challenge): string =>
  challenge.resourceMetadataUrl ? `named by the server: ${challenge.resourceMetadataUrl.href}` : 'not named';

/** A client that was registered now is used again, also when this sign-in is never finished. */
async function keepClient(store: ReturnType<typeof storedGrant>, pending: Pending): Promise<void> {
  const { serverUrl, discovery, client } = pending;
  await store.change(async (grant) =>
    grant?.tokens ? grant : { serverUrl, discovery, client, tokens: null, wantedScopes: grant?.wantedScopes ?? [] },
  );
}

/** The issuer is checked before anything else of the answer is believed, its error too. */
function codeOf(
  pending: Pending,
  came: { code?: string | undefined; iss?: string | undefined; error?: string | undefined },
): string {
  const { metadata } = pending.discovery;
  validateAuthorizationResponseIssuer({
    iss: came.iss,
    expectedIssuer: metadata?.issuer,
    issParameterSupported: metadata?.authorization_response_iss_parameter_supported === true,
  });
  if (came.code) return came.code;
  const denied = came.error === 'access_denied';
  throw new AppError(
    denied ? 'oauth-denied' : 'oauth-refused',
    denied ? 'The sign-in was declined.' : 'The authorization server sent no code.',
    {
      hint: denied ? 'Start again, and agree on the page of the authorization server.' : 'Start again.',
      ...(came.error && /^[a-z_]{1,40}$/.test(came.error) ? { raw: came.error } : {}),
    },
  );
}
