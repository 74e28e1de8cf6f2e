import { z } from 'zod';
import { handshakeSchema } from '#src/lib/mcp/handshake.ts';
import { mcpServerInputSchema, mcpServerPatchSchema, mcpServerSchema } from '#src/lib/mcp/mcp-server.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { pageSchema } from '#src/server/api/page.ts';
import { checkRawRight } from '#src/server/mcp/check-raw-right.ts';
import { deleteServer, restoreServer } from '#src/server/mcp/delete-server.ts';
import { listServers, readServer } from '#src/server/mcp/list-servers.ts';
import { runHandshake } from '#src/server/mcp/run-handshake.ts';
import { createServer, updateServer } from '#src/server/mcp/save-server.ts';
import { tryTool } from '#src/server/mcp/try-tool.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';

const triedSchema = z.object({
  ok: z.boolean(),
  content: z.array(z.unknown()),
  structuredContent: z.unknown().optional(),
  ms: z.number(),
  error: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
});

export const mcpServerEndpoints = [
  endpoint({
    method: 'GET',
    path: '/mcp-servers',
    summary: 'The MCP servers of the team.',
    action: 'server:read',
    answer: pageSchema(mcpServerSchema),
    handle: async ({ actor }) => ({ items: await listServers(actor.teamId), next: null }),
  }),
  endpoint({
    method: 'POST',
    path: '/mcp-servers',
    summary: 'Adds an MCP server. With `toolsFilter` the tools it names (all when empty) start allowed, as writes.',
    action: 'server:write',
    body: mcpServerInputSchema,
    answer: mcpServerSchema,
    status: 201,
    handle: async ({ actor, body }) => {
      await checkRawRight(actor, null, body.rest);
      return createServer(actor.teamId, body);
    },
  }),
  endpoint({
    method: 'GET',
    path: '/mcp-servers/{id}',
    summary: 'One MCP server.',
    action: 'server:read',
    answer: mcpServerSchema,
    handle: ({ actor, params }) => readServer(actor.teamId, params.id ?? ''),
  }),
  endpoint({
    method: 'PATCH',
    path: '/mcp-servers/{id}',
    summary: 'Changes an MCP server. A key that is left out stays, unless the host is another one.',
    action: 'server:write',
    body: mcpServerPatchSchema,
    answer: mcpServerSchema,
    handle: async ({ actor, params, body }) => {
      await checkRawRight(actor, params.id ?? '', body.rest);
      return updateServer(actor.teamId, params.id ?? '', body);
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/mcp-servers/{id}',
    summary: 'Deletes an MCP server; answers with the assistants that used it.',
    action: 'server:write',
    answer: z.object({ usedBy: z.array(z.object({ id: z.string(), name: z.string() })) }),
    handle: ({ actor, params }) => deleteServer(actor.teamId, params.id ?? ''),
  }),
  endpoint({
    method: 'POST',
    path: '/mcp-servers/{id}/restore',
    summary: 'Takes a deletion back.',
    action: 'server:write',
    answer: mcpServerSchema,
    handle: async ({ actor, params }) => {
      await restoreServer(actor.teamId, params.id ?? '');
      return readServer(actor.teamId, params.id ?? '');
    },
  }),
  endpoint({
    method: 'POST',
    path: '/mcp-servers/{id}/handshake',
    summary: 'Runs the handshake step by step. A failed one is 200 with `ok: false`.',
    action: 'server:handshake',
    answer: handshakeSchema,
    handle: ({ actor, params, request }) => runHandshake(actor.teamId, params.id ?? '', { signal: request.signal }),
  }),
  endpoint({
    method: 'POST',
    path: '/mcp-servers/{id}/tools/{tool}/call',
    summary: 'Calls a tool by hand. What the tool refuses is 200 with `ok: false`.',
    action: 'server:try-tool',
    body: z.object({ arguments: z.record(z.string(), z.unknown()).default({}) }),
    answer: triedSchema,
    handle: ({ actor, params, body, request }) =>
      tryTool(actor.teamId, params.id ?? '', params.tool ?? '', body.arguments, {
        signal: request.signal,
        checkArguments,
      }),
  }),
];
