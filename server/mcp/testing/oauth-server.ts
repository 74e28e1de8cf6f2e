import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { listenOn } from '#src/server/mcp/testing/listen.ts';

type Token = { scope: string; expiresAt: number; family: string };
type Code = { clientId: string; challenge: string; redirectUri: string; resource: string | null; scope: string };

/** What the test can turn while the servers run. */
export type OAuthServerSettings = {
  /** Seconds that an access token lives, as told; null: not told. */
  expiresIn: number | null;
  /** What the metadata says as its issuer, when it is not the true one. */
  issuerInMetadata: string | null;
  /** `iss` of the authorization answer, when it is not the true one; null sends none. */
  issInAnswer: string | null | undefined;
  registration: boolean;
  metadataDocument: boolean;
  /** The scope that `cancel_order` needs. */
  scopeOfWrites: string;
  /** Scope of the 401's challenge. */
  challengeScope: string | null;
  /** The resource that the MCP server says it is. */
  resource: string | null;
  /** What the MCP server names as its authorization server. */
  authorizationServer: string | null;
  /** What the metadata names for signing in, when it is not the true one. */
  authorizationEndpoint: string | null;
  /** How long the token endpoint takes. */
  tokenDelayMs: number;
};

export type OAuthServer = {
  mcpUrl: string;
  issuer: string;
  settings: OAuthServerSettings;
  /** What was asked of the authorization server, newest last: path, parameters and headers. */
  seen: { path: string; params: Record<string, string>; headers: IncomingMessage['headers'] }[];
  refreshes(): number;
  registrations(): number;
  /** All access tokens end now; refresh tokens stay. */
  expireAccess(): void;
  /** As when a thief used a refresh token: everything of all families ends. */
  revokeAll(): void;
  /** Uses a token straight at the MCP server; answers the status. */
  use(token: string): Promise<number>;
  addClient(client: { id: string; secret: string; redirectUri: string }): void;
  /** The person in the browser: opens the address, agrees, and answers what it is sent back with. */
  agree(url: string): Promise<{ state: string; code: string; iss?: string | undefined }>;
  close(): Promise<void>;
};

/** A real authorization server and a real MCP server that it protects, each of its own origin. */
export async function startOAuthServer(): Promise<OAuthServer> {
  const clients = new Map<string, { secret: string | null; redirectUris: string[] }>();
  const codes = new Map<string, Code>();
  const access = new Map<string, Token>();
  const refresh = new Map<string, { scope: string; family: string; clientId: string; used: boolean }>();
  const seen: OAuthServer['seen'] = [];
  let refreshes = 0;
  let registrations = 0;
  const settings: OAuthServerSettings = {
    expiresIn: 3600,
    issuerInMetadata: null,
    issInAnswer: undefined,
    registration: true,
    metadataDocument: false,
    scopeOfWrites: 'orders:write',
    challengeScope: 'orders:read',
    resource: null,
    authorizationServer: null,
    authorizationEndpoint: null,
    tokenDelayMs: 0,
  };

  const issue = (scope: string, family: string, clientId: string, renewable: boolean) => {
    const accessToken = `at-${randomBytes(16).toString('hex')}`;
    const refreshToken = `rt-${randomBytes(16).toString('hex')}`;
    access.set(accessToken, { scope, family, expiresAt: Date.now() + (settings.expiresIn ?? 3600) * 1000 });
    if (renewable) refresh.set(refreshToken, { scope, family, clientId, used: false });
    return {
      access_token: accessToken,
      token_type: 'Bearer',
      scope,
      ...(settings.expiresIn === null ? {} : { expires_in: settings.expiresIn }),
      ...(renewable ? { refresh_token: refreshToken } : {}),
    };
  };
  const endFamily = (family: string) => {
    for (const [token, { family: of }] of access) if (of === family) access.delete(token);
    for (const [token, { family: of }] of refresh) if (of === family) refresh.delete(token);
  };

  const authorization = await listenOn((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', authorization.origin);
      const body = await read(request);
      const json = (status: number, value: unknown) =>
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
      if (url.pathname === '/.well-known/oauth-authorization-server')
        return json(200, {
          issuer: settings.issuerInMetadata ?? authorization.origin,
          authorization_endpoint: settings.authorizationEndpoint ?? `${authorization.origin}/authorize`,
          token_endpoint: `${authorization.origin}/token`,
          ...(settings.registration ? { registration_endpoint: `${authorization.origin}/register` } : {}),
          response_types_supported: ['code'],
          grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
          code_challenge_methods_supported: ['S256'],
          token_endpoint_auth_methods_supported: ['client_secret_post', 'none'],
          scopes_supported: ['orders:read', 'orders:write', 'admin'],
          authorization_response_iss_parameter_supported: true,
          client_id_metadata_document_supported: settings.metadataDocument,
        });
      const params = Object.fromEntries(
        request.method === 'POST' && url.pathname === '/token' ? new URLSearchParams(body) : url.searchParams,
      );
      seen.push({ path: url.pathname, params, headers: request.headers });
      if (url.pathname === '/register') {
        registrations++;
        const asked = z
          .object({ redirect_uris: z.array(z.string()) })
          .loose()
          .parse(JSON.parse(body));
        const client_id = `client-${registrations}`;
        clients.set(client_id, { secret: `secret-${client_id}`, redirectUris: asked.redirect_uris });
        return json(201, { ...asked, client_id, client_secret: `secret-${client_id}` });
      }
      if (url.pathname === '/authorize') return authorize(url.searchParams, response);
      if (url.pathname !== '/token') return json(404, {});
      if (settings.tokenDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, settings.tokenDelayMs));
      const client = clients.get(params.client_id ?? '');
      if (!client || (client.secret !== null && client.secret !== params.client_secret))
        return json(401, { error: 'invalid_client' });
      if (params.grant_type === 'client_credentials')
        return json(
          200,
          issue(params.scope ?? 'orders:read', randomBytes(4).toString('hex'), params.client_id ?? '', false),
        );
      if (params.grant_type === 'refresh_token') {
        refreshes++;
        const known = refresh.get(params.refresh_token ?? '');
        if (!known || known.used || known.clientId !== params.client_id) {
          if (known) endFamily(known.family); // a used one comes from a thief, or the thief was first
          return json(400, { error: 'invalid_grant' });
        }
        known.used = true;
        return json(200, issue(known.scope, known.family, known.clientId, true));
      }
      const code = codes.get(params.code ?? '');
      codes.delete(params.code ?? '');
      const proof = createHash('sha256')
        .update(params.code_verifier ?? '')
        .digest('base64url');
      if (
        !code ||
        code.clientId !== params.client_id ||
        code.challenge !== proof ||
        code.redirectUri !== params.redirect_uri
      )
        return json(400, { error: 'invalid_grant' });
      if (code.resource !== (params.resource ?? null)) return json(400, { error: 'invalid_target' });
      return json(200, issue(code.scope, randomBytes(4).toString('hex'), code.clientId, true));
    })();
  });

  function authorize(asked: URLSearchParams, response: ServerResponse) {
    const clientId = asked.get('client_id') ?? '';
    const redirectUri = asked.get('redirect_uri') ?? '';
    const known = clients.get(clientId);
    if (!known?.redirectUris.includes(redirectUri)) return response.writeHead(400).end('unknown client');
    if (asked.get('code_challenge_method') !== 'S256') return response.writeHead(400).end('no proof');
    const code = randomBytes(16).toString('hex');
    codes.set(code, {
      clientId,
      redirectUri,
      challenge: asked.get('code_challenge') ?? '',
      resource: asked.get('resource'),
      scope: asked.get('scope') ?? 'orders:read',
    });
    const back = new URL(redirectUri);
    back.searchParams.set('code', code);
    back.searchParams.set('state', asked.get('state') ?? '');
    const iss = settings.issInAnswer === undefined ? authorization.origin : settings.issInAnswer;
    if (iss !== null) back.searchParams.set('iss', iss);
    return response.writeHead(302, { location: back.href }).end();
  }

  const handle = toNodeHandler(createMcpHandler(orders));
  const resource = await listenOn((request, response) => {
    const url = new URL(request.url ?? '/', resource.origin);
    if (url.pathname === '/.well-known/oauth-protected-resource/mcp')
      return response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          resource: settings.resource ?? `${resource.origin}/mcp`,
          authorization_servers: [settings.authorizationServer ?? authorization.origin],
          scopes_supported: ['orders:read', 'orders:write', 'admin'],
        }),
      );
    const presented = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    const token = access.get(presented ?? '');
    const metadata = `resource_metadata="${resource.origin}/.well-known/oauth-protected-resource/mcp"`;
    if (!token || token.expiresAt < Date.now()) {
      const scope = settings.challengeScope === null ? '' : `, scope="${settings.challengeScope}"`;
      return response
        .writeHead(401, { 'www-authenticate': `Bearer ${metadata}${scope}` })
        .end('{"error":"invalid_token"}');
    }
    const needed = request.headers['mcp-name'] === 'cancel_order' ? settings.scopeOfWrites : null;
    if (needed !== null && !token.scope.split(' ').includes(needed))
      return response
        .writeHead(403, { 'www-authenticate': `Bearer error="insufficient_scope", scope="${needed}", ${metadata}` })
        .end();
    // @ts-expect-error: its type for a request says `url?: string` where Node's says `string | undefined`.
    void handle(request, response);
  });

  return {
    mcpUrl: `${resource.origin}/mcp`,
    issuer: authorization.origin,
    settings,
    seen,
    refreshes: () => refreshes,
    registrations: () => registrations,
    expireAccess: () => access.clear(),
    revokeAll: () => {
      access.clear();
      refresh.clear();
    },
    use: async (token) => {
      const answer = await fetch(`${resource.origin}/mcp`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{}',
      });
      await answer.body?.cancel();
      return answer.status;
    },
    addClient: ({ id, secret, redirectUri }) => void clients.set(id, { secret, redirectUris: [redirectUri] }),
    agree: async (address) => {
      const answer = await fetch(address, { redirect: 'manual' });
      const back = new URL(answer.headers.get('location') ?? 'about:blank').searchParams;
      const iss = back.get('iss');
      return { state: back.get('state') ?? '', code: back.get('code') ?? '', ...(iss === null ? {} : { iss }) };
    },
    close: async () => {
      await Promise.all([authorization.close(), resource.close()]);
    },
  };
}

/** One tool that reads and one that writes. */
function orders(): McpServer {
  const server = new McpServer({ name: 'orders', version: '1.0.0' });
  const inputSchema = z.object({ id: z.string() });
  server.registerTool('find_order', { description: 'Finds an order', inputSchema }, ({ id }) => ({
    content: [{ type: 'text', text: `order ${id}` }],
  }));
  server.registerTool('cancel_order', { description: 'Cancels an order', inputSchema }, ({ id }) => ({
    content: [{ type: 'text', text: `cancelled ${id}` }],
  }));
  return server;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}
