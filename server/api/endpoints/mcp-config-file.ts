import { z } from 'zod';
import { configProblemSchema } from '#src/lib/mcp/config-file/configured-server.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { exportServers, importServers } from '#src/server/mcp/config-file.ts';

const importedSchema = z.object({
  created: z.array(
    z.object({ id: z.string(), name: z.string(), ok: z.boolean(), tools: z.number(), unmatched: z.array(z.string()) }),
  ),
  problems: z.array(configProblemSchema),
  needs: z.array(z.string()),
});

/** Before the routes with `{id}` in the table: `export` is no id. */
export const mcpConfigFileEndpoints = [
  endpoint({
    method: 'POST',
    path: '/mcp-servers/import',
    summary:
      'Adds the servers of a configuration file: `mcp.json`, an `mcp` block, or an export of Patchbay. `values` stand for placeholders.',
    action: 'server:write',
    body: z.object({ text: z.string().min(1), values: z.record(z.string(), z.string()).default({}) }),
    answer: importedSchema,
    handle: ({ actor, body }) => importServers(actor.teamId, body.text, body.values),
  }),
  endpoint({
    method: 'GET',
    path: '/mcp-servers/export',
    summary: 'All servers with their policies as one file that can be imported. No secret is in it.',
    action: 'server:write',
    answer: z.object({ patchbay: z.literal(1), servers: z.array(z.record(z.string(), z.unknown())) }),
    handle: async ({ actor }) =>
      new Response(await exportServers(actor.teamId), {
        headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      }),
  }),
];
