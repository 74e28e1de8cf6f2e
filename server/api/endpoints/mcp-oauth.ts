import { oauthStartedSchema } from '#src/lib/mcp/oauth-steps.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { forgetOAuth, startOAuth } from '#src/server/mcp/oauth/connect-server.ts';

export const mcpOAuthEndpoints = [
  endpoint({
    method: 'POST',
    path: '/mcp-servers/{id}/oauth/start',
    summary:
      'Starts the OAuth authorization of a server; `url` is where a person signs in. A failed start is 200 with a failed step.',
    action: 'server:write',
    answer: oauthStartedSchema,
    handle: ({ actor, params }) => startOAuth(actor.teamId, params.id ?? '', actor.userId),
  }),
  endpoint({
    method: 'DELETE',
    path: '/mcp-servers/{id}/oauth',
    summary: 'Forgets the tokens of a server and how it is known to its authorization server.',
    action: 'server:write',
    status: 204,
    handle: ({ actor, params }) => forgetOAuth(actor.teamId, params.id ?? ''),
  }),
];
