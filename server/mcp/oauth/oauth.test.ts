import { afterAll, beforeEach, expect, test } from 'vitest';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { readServer } from '#src/server/mcp/list-servers.ts';
import { chooseClient } from '#src/server/mcp/oauth/choose-client.ts';
import { finishOAuth, forgetOAuth, startOAuth } from '#src/server/mcp/oauth/connect-server.ts';
import { discover } from '#src/server/mcp/oauth/discover.ts';
import { grantTokens } from '#src/server/mcp/oauth/grant-tokens.ts';
import { clientMetadataDocument, ourClient } from '#src/server/mcp/oauth/our-client.ts';
import { storedGrant } from '#src/server/mcp/oauth/stored-grant.ts';
import { openMcpSession } from '#src/server/mcp/open-session.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer, updateServer } from '#src/server/mcp/save-server.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { storedAccess } from '#src/server/mcp/stored-access.ts';
import { type OAuthServer, startOAuthServer } from '#src/server/mcp/testing/oauth-server.ts';

let oauth: OAuthServer;
let teamId = '';
const open: OAuthServer[] = [];
beforeEach(async () => {
  oauth = await startOAuthServer();
  open.push(oauth);
  teamId = newId('run');
});
afterAll(async () => {
  await Promise.all(open.map((server) => server.close()));
});

type Auth = { clientId?: string; key?: string; scopes?: string[]; grant?: 'client-credentials' };
const addServer = async (auth: Auth = {}) =>
  (await createServer(teamId, { name: 'Orders', url: oauth.mcpUrl, auth: { type: 'oauth', ...auth } })).id;
const signIn = async (id: string, user = 'ann') => {
  const started = await startOAuth(teamId, id, user);
  return finishOAuth(teamId, user, await oauth.agree(started.url ?? ''));
};
const session = async (id: string) => {
  const server = await forTeam(teamId, (tx) => findServer(tx, id));
  return openMcpSession({
    server: { url: server.url, auth: server.auth, era: null },
    key: null,
    access: await storedAccess(teamId, server),
  });
};
const call = async (id: string, tool: string) => {
  const opened = await session(id);
  try {
    return await opened.callTool(tool, { id: '7' }, { timeoutMs: 10_000 });
  } finally {
    await opened.close();
  }
};
const stored = (id: string) => storedGrant(teamId, id).read();
const states = (steps: { state: string }[]) => steps.map((step) => step.state).join(' ');

test('a person signs in, step by step, and the tools can be called [V7] [K3]', async () => {
  const id = await addServer();
  const before = await runHandshake(teamId, id);
  expect(before.steps[3]?.error).toMatchObject({
    code: 'oauth-needed',
    message: `Authentication failed: the server answered 401 and asks for OAuth at ${oauth.issuer}.`,
  });

  const started = await startOAuth(teamId, id, 'ann');
  expect(states(started.steps)).toBe('passed passed passed waiting not-run');
  const url = new URL(started.url ?? '');
  expect(url.searchParams.get('resource')).toBe(oauth.mcpUrl);
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  const done = await finishOAuth(teamId, 'ann', await oauth.agree(url.href));
  expect(states(done.steps)).toBe('not-run not-run not-run passed passed');
  expect((await readServer(teamId, id)).auth).toMatchObject({ connected: true });
  expect(await call(id, 'find_order')).toMatchObject({ content: [{ text: 'order 7' }] });
  expect((await runHandshake(teamId, id)).ok).toBe(true);

  const tokens = (await stored(id))?.tokens;
  const shown = JSON.stringify([started, done, await readServer(teamId, id), await runHandshake(teamId, id)]);
  expect(shown).not.toContain(tokens?.accessToken);
  expect(shown).not.toContain(tokens?.refreshToken);
});

test('asks only for the scopes of the challenge and those that the operator chose [V10]', async () => {
  const plain = await startOAuth(teamId, await addServer(), 'ann');
  expect(plain.scopes).toEqual(['orders:read']);
  expect(plain.offeredScopes).toContain('admin');
  const chosen = await startOAuth(teamId, await addServer({ scopes: ['orders:write'] }), 'ann');
  expect(chosen.scopes.sort()).toEqual(['orders:read', 'orders:write']);
});

test('four refusals at once make one refresh [V7]', async () => {
  const id = await addServer();
  await signIn(id);
  const sessions = await Promise.all([session(id), session(id), session(id), session(id)]);
  oauth.expireAccess();
  oauth.settings.tokenDelayMs = 200;
  const results = await Promise.all(
    sessions.map((opened) => opened.callTool('find_order', { id: '1' }, { timeoutMs: 10_000 })),
  );
  expect(results.map((result) => result.isError)).toEqual([false, false, false, false]);
  expect(oauth.refreshes()).toBe(1);
  await Promise.all(sessions.map((opened) => opened.close()));
});

test('processes that know nothing of each other keep to one lock [V7]', async () => {
  const id = await addServer();
  await signIn(id);
  const refused = (await stored(id))?.tokens?.accessToken ?? '';
  oauth.expireAccess();
  oauth.settings.tokenDelayMs = 200;
  const processes = [1, 2, 3].map((process) =>
    grantTokens({
      store: { ...storedGrant(teamId, id), id: `process ${process}` },
      fetch,
      serverUrl: oauth.mcpUrl,
      given: async () => ({ secret: null }),
    }),
  );
  const tokens = await Promise.all(processes.map((process) => process.renew(refused, {})));
  expect(new Set(tokens).size).toBe(1);
  expect(oauth.refreshes()).toBe(1);
});

test('a token whose time is over is renewed before it is sent, and an old one is of no use to a thief [V7]', async () => {
  oauth.settings.expiresIn = 20;
  const id = await addServer();
  await signIn(id);
  const stolen = (await stored(id))?.tokens?.accessToken ?? '';
  oauth.settings.expiresIn = 3600;
  oauth.expireAccess();
  expect(await call(id, 'find_order')).toMatchObject({ isError: false });
  expect(oauth.refreshes()).toBe(1);
  expect(await oauth.use(stolen)).toBe(401);
  expect((await stored(id))?.tokens?.accessToken).not.toBe(stolen);
});

test('a grant that was revoked says to sign in again, and does after that [V7]', async () => {
  const id = await addServer();
  await signIn(id);
  oauth.revokeAll();
  await expect(call(id, 'find_order')).rejects.toMatchObject({
    code: 'oauth-expired',
    hint: 'Open the server and sign in again.',
  });
  expect((await readServer(teamId, id)).auth).toMatchObject({ connected: false });
  await signIn(id);
  expect(oauth.registrations()).toBe(1);
  expect(await call(id, 'find_order')).toMatchObject({ isError: false });
});

test('a tool that needs more is told by name, and the next sign-in asks for it too [V10]', async () => {
  const id = await addServer();
  await signIn(id);
  await expect(call(id, 'cancel_order')).rejects.toMatchObject({
    code: 'oauth-scope',
    message: 'The server asks for more rights: orders:write.',
  });
  expect(await call(id, 'find_order')).toMatchObject({ isError: false });
  const again = await startOAuth(teamId, id, 'ann');
  expect(again.scopes.sort()).toEqual(['orders:read', 'orders:write']);
  await finishOAuth(teamId, 'ann', await oauth.agree(again.url ?? ''));
  expect(await call(id, 'cancel_order')).toMatchObject({ content: [{ text: 'cancelled 7' }] });
});

test('an answer of another issuer is refused before its code is used', async () => {
  const id = await addServer();
  for (const iss of ['https://evil.example', null]) {
    oauth.settings.issInAnswer = iss;
    const done = await signIn(id);
    expect(done.ok).toBe(false);
    expect(done.steps[3]?.error?.code).toBe('oauth-issuer-mismatch');
  }
  oauth.settings.issInAnswer = undefined;
  expect(oauth.seen.filter(({ path }) => path === '/token')).toEqual([]);
  oauth.settings.issuerInMetadata = 'https://evil.example';
  const started = await startOAuth(teamId, id, 'ann');
  expect(started.url).toBeNull();
  expect(started.steps[1]?.error?.code).toBe('oauth-issuer-mismatch');
});

test('the state belongs to one person and one team and works once [K3]', async () => {
  const id = await addServer();
  const came = await oauth.agree((await startOAuth(teamId, id, 'ann')).url ?? '');
  const unknown = { code: 'oauth-flow-unknown' };
  await expect(finishOAuth(teamId, 'bob', came)).rejects.toMatchObject(unknown);
  await expect(finishOAuth(newId('run'), 'ann', came)).rejects.toMatchObject(unknown);
  await expect(finishOAuth(teamId, 'ann', { ...came, state: 'guessed' })).rejects.toMatchObject(unknown);
  expect((await finishOAuth(teamId, 'ann', came)).ok).toBe(true);
  await expect(finishOAuth(teamId, 'ann', came)).rejects.toMatchObject(unknown);
});

test('client credentials need nobody, get a wider token by themselves, and renew it [V7] [V10]', async () => {
  oauth.addClient({ id: 'robot', secret: 'robot-secret', redirectUri: '-' });
  const id = await addServer({ grant: 'client-credentials', clientId: 'robot', key: 'robot-secret' });
  const started = await startOAuth(teamId, id, null);
  expect(states(started.steps)).toBe('passed passed passed skipped passed');
  expect(started).toMatchObject({ url: null, connected: true });
  expect(await call(id, 'cancel_order')).toMatchObject({ content: [{ text: 'cancelled 7' }] });
  expect((await stored(id))?.tokens?.scope?.split(' ').sort()).toEqual(['orders:read', 'orders:write']);
  oauth.revokeAll();
  expect(await call(id, 'find_order')).toMatchObject({ isError: false });
});

test('a client that was registered by hand is used, and its secret goes to no other authorization server [K3]', async () => {
  oauth.settings.registration = false;
  const without = await startOAuth(teamId, await addServer(), 'ann');
  expect(without.steps[2]?.error?.code).toBe('oauth-client-needed');

  oauth.addClient({ id: 'hand', secret: 'hand-secret', redirectUri: 'http://localhost:3000/oauth/callback' });
  const id = await addServer({ clientId: 'hand', key: 'hand-secret' });
  expect((await signIn(id)).ok).toBe(true);
  expect(await call(id, 'find_order')).toMatchObject({ isError: false });

  const thief = await startOAuthServer();
  open.push(thief);
  oauth.settings.authorizationServer = thief.issuer;
  oauth.revokeAll();
  await expect(call(id, 'find_order')).rejects.toMatchObject({ code: 'oauth-expired' });
  const again = await startOAuth(teamId, id, 'ann');
  expect(again.steps[2]?.error?.code).toBe('oauth-server-changed');
  expect(JSON.stringify(thief.seen)).not.toContain('hand-secret');
});

test('after a change of the authorization server everything begins anew there', async () => {
  const id = await addServer();
  await signIn(id);
  const other = await startOAuthServer();
  open.push(other);
  const token = (await stored(id))?.tokens;
  oauth.settings.authorizationServer = other.issuer;
  oauth.revokeAll();
  await expect(call(id, 'find_order')).rejects.toMatchObject({ code: 'oauth-expired' });
  expect(JSON.stringify(other.seen)).not.toContain(token?.refreshToken);
  const started = await startOAuth(teamId, id, 'ann');
  expect(new URL(started.url ?? '').origin).toBe(other.issuer);
  expect(other.registrations()).toBe(1);
});

test('a sign-in stays with its host and its client [V10] [K3]', async () => {
  const id = await addServer();
  await signIn(id);
  const scoped = await updateServer(teamId, id, {
    auth: { type: 'oauth', grant: 'authorization-code', scopes: ['a'] },
  });
  expect(scoped.auth).toMatchObject({ connected: true, scopes: ['a'] });
  const other = await startOAuthServer();
  open.push(other);
  const moved = await updateServer(teamId, id, { url: other.mcpUrl });
  expect(moved.auth).toMatchObject({ connected: false });
  expect(await stored(id)).toBeNull();
  await expect(call(id, 'find_order')).rejects.toMatchObject({ code: 'oauth-needed' });
});

test('what only a person can do is not begun for a program, and another team sees nothing [K3]', async () => {
  const id = await addServer();
  await expect(startOAuth(teamId, id, null)).rejects.toMatchObject({ code: 'person-needed' });
  await expect(startOAuth(newId('run'), id, 'ann')).rejects.toMatchObject({ code: 'not-found' });
  await expect(forgetOAuth(newId('run'), id)).rejects.toMatchObject({ code: 'not-found' });
  await signIn(id);
  expect(await storedGrant(newId('run'), id).read()).toBeNull();
});

test('is known by its metadata document where it can be reached and the server reads it', async () => {
  const us = ourClient('https://patchbay.example.com');
  expect(clientMetadataDocument(us)).toMatchObject({
    client_id: 'https://patchbay.example.com/oauth/client.json',
    redirect_uris: ['https://patchbay.example.com/oauth/callback'],
    token_endpoint_auth_method: 'none',
    application_type: 'web',
  });
  oauth.settings.metadataDocument = true;
  const given = { secret: null };
  const discovery = await discover(fetch, oauth.mcpUrl, {});
  const choose = (who: typeof us) => chooseClient(fetch, { discovery, given, known: null, us: who, scope: undefined });
  expect((await choose(us)).client_id).toBe('https://patchbay.example.com/oauth/client.json');
  expect(oauth.registrations()).toBe(0);
  expect((await choose(ourClient('http://localhost:3000'))).kind).toBe('registered');
});

test.for(['javascript:alert(1)', 'http://93.184.216.34/authorize', 'file:///etc/passwd', 'no address'])(
  'nobody is sent to an address that is none for signing in: %s [K4]',
  async (endpoint) => {
    oauth.settings.authorizationEndpoint = endpoint;
    const started = await startOAuth(teamId, await addServer(), 'ann');
    expect(started.url).toBeNull();
    expect(started.steps[1]).toMatchObject({ name: 'server-metadata', state: 'failed' });
  },
);

test('a person who declines is told so, and the state is used up', async () => {
  const id = await addServer();
  const { state } = await oauth.agree((await startOAuth(teamId, id, 'ann')).url ?? '');
  const done = await finishOAuth(teamId, 'ann', { state, iss: oauth.issuer, error: 'access_denied' });
  expect(done.steps[3]?.error?.code).toBe('oauth-denied');
});

test('metadata of another resource is refused, and a forgotten sign-in is gone', async () => {
  const id = await addServer();
  await signIn(id);
  await forgetOAuth(teamId, id);
  expect(await stored(id)).toBeNull();
  expect((await readServer(teamId, id)).auth).toMatchObject({ connected: false });
  oauth.settings.resource = 'https://bank.example/mcp';
  const started = await startOAuth(teamId, id, 'ann');
  expect(started.steps[0]?.error?.code).toBe('oauth-resource-mismatch');
});
