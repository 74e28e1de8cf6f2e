import { z } from 'zod';
import { notFound } from '#src/lib/app-error.ts';
import { cataloguedToolSchema } from '#src/lib/mcp/catalogued-tool.ts';
import { judgeServer } from '#src/lib/mcp/readiness/judge-server.ts';
import { serverCheckSchema } from '#src/lib/mcp/server-check.ts';
import { serverUsageSchema } from '#src/lib/mcp/server-usage.ts';
import { toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';
import { toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { pageSchema } from '#src/server/api/page.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { approveDefinition, listServerTools, setToolPolicy } from '#src/server/mcp/catalogue.ts';
import { listChecks } from '#src/server/mcp/server-checks.ts';
import { serverUsage } from '#src/server/mcp/usage.ts';
import { writeAudit } from '#src/server/teams/audit.ts';

const { definition: _, ...ofTool } = cataloguedToolSchema.shape;

export const mcpCatalogueEndpoints = [
  endpoint({
    method: 'GET',
    path: '/mcp-servers/{id}/tools',
    summary: 'The tools of the last handshake, with policy, voice readiness, figures, and what waits for approval.',
    action: 'server:read',
    answer: pageSchema(z.object({ ...toolDefinitionSchema.shape, ...ofTool })),
    handle: async ({ actor, params }) => ({
      items: (await listServerTools(actor.teamId, params.id ?? '')).map(({ definition, ...tool }) => ({
        ...definition,
        ...tool,
      })),
      next: null,
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/mcp-servers/{id}/readiness',
    summary: 'How fit the server is for a phone line: of its allowed tools, or of all while none is allowed.',
    action: 'server:read',
    answer: z.object({ score: z.number().int().nullable(), messages: z.array(z.string()) }),
    handle: async ({ actor, params }) => {
      const tools = await listServerTools(actor.teamId, params.id ?? '');
      const allowed = tools.filter(({ policy }) => policy.allowed);
      const judged = (allowed.length > 0 ? allowed : tools).map(({ definition, readiness }) => ({
        name: definition.name,
        readiness,
      }));
      return judgeServer(judged) ?? { score: null, messages: [] };
    },
  }),
  endpoint({
    method: 'PUT',
    path: '/mcp-servers/{id}/tools/{tool}/policy',
    summary: 'Sets what the operator decides about a tool. Fields that are left out stay.',
    action: 'server:write',
    body: toolPolicySchema.partial(),
    answer: toolPolicySchema,
    handle: async ({ actor, params, body }) => {
      const tools = await listServerTools(actor.teamId, params.id ?? '');
      const tool = tools.find(({ definition }) => definition.name === params.tool);
      if (!tool) throw notFound('tool');
      const policy = toolPolicySchema.parse({ ...tool.policy, ...body });
      await setToolPolicy(actor.teamId, params.id ?? '', tool.definition.name, policy);
      return policy;
    },
  }),
  endpoint({
    method: 'POST',
    path: '/mcp-servers/{id}/approve',
    summary: 'Approves the changed definition of a tool; `hash` is that of the change that was looked at.',
    action: 'server:write',
    body: z.object({ tool: z.string(), hash: z.string() }),
    handle: async ({ actor, params, body }) => {
      await approveDefinition(actor.teamId, params.id ?? '', body.tool, body.hash);
      await forTeam(actor.teamId, (tx) => writeAudit(tx, actor, 'approve-definition', `${params.id}/${body.tool}`));
    },
  }),
  endpoint({
    method: 'GET',
    path: '/mcp-servers/{id}/checks',
    summary: 'The last 100 checks of the server, oldest first.',
    action: 'server:read',
    answer: pageSchema(serverCheckSchema),
    handle: async ({ actor, params }) => ({ items: await listChecks(actor.teamId, params.id ?? ''), next: null }),
  }),
  endpoint({
    method: 'GET',
    path: '/mcp-servers/{id}/usage',
    summary: 'How much the server was asked in the last minute and day, beside its limits.',
    action: 'server:read',
    answer: serverUsageSchema,
    handle: ({ actor, params }) => serverUsage(actor.teamId, params.id ?? ''),
  }),
];
