import { z } from 'zod';
import type { RestDialect, RestTool } from '#src/lib/mcp/mcp-server.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

export type RestRequest = { endpoint: 'query' | 'action'; body: Record<string, unknown> };

const rawArguments = {
  query: z.object({ query: z.string(), params: z.record(z.string(), z.unknown()).default({}) }),
  action: z.object({ action: z.string(), params: z.record(z.string(), z.unknown()).default({}) }),
};

/** A tool that the operator mapped, as assistants see it. */
export function mappedTool(tool: RestTool): ToolDefinition {
  return {
    name: tool.name,
    ...(tool.description === '' ? {} : { description: tool.description }),
    inputSchema: tool.inputSchema,
  };
}

/**
 * What is sent for a call (K2): `{query, params}`, `{action, params}`, `{params}` alone for a server that is the tool, or
 * the enveloped `{method, params: {query, args}}`. Null when there is no such tool; throws a ZodError for wrong raw arguments.
 */
export function restRequest(dialect: RestDialect, name: string, args: Record<string, unknown>): RestRequest | null {
  const mapped = dialect.tools.find((tool) => tool.name === name);
  if (mapped) return shaped(dialect, mapped.endpoint, mapped.text, args);
  if (name === 'query') {
    const raw = rawArguments.query.parse(args);
    return shaped(dialect, 'query', raw.query, raw.params);
  }
  if (name === 'action') {
    const raw = rawArguments.action.parse(args);
    return shaped(dialect, 'action', raw.action, raw.params);
  }
  return null;
}

function shaped(
  { enveloped }: RestDialect,
  endpoint: 'query' | 'action',
  text: string | null,
  params: Record<string, unknown>,
): RestRequest {
  const named = text === null ? {} : { [endpoint]: text };
  return {
    endpoint,
    body: enveloped ? { method: endpoint, params: { ...named, args: params } } : { ...named, params },
  };
}
