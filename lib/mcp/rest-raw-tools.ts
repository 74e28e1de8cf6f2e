import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

/** The raw tools of the dialect: whoever calls them writes the query or names the action. */
export const rawTools: readonly ToolDefinition[] = (['query', 'action'] as const).map((endpoint) => ({
  name: endpoint,
  description:
    endpoint === 'query'
      ? 'Sends a query of your own to the server and returns what it answers.'
      : 'Has the server do a named action and returns what it answers.',
  inputSchema: {
    type: 'object',
    properties: {
      [endpoint]: {
        type: 'string',
        description: endpoint === 'query' ? 'The query, as the server reads it' : 'The name of the action',
      },
      params: { type: 'object', description: 'Its parameters, by name' },
    },
    required: [endpoint],
  },
}));
