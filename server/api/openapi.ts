import { z } from 'zod';
import type { Endpoint } from '#src/server/api/endpoint.ts';

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  hint: z.string().optional(),
  retryable: z.boolean().optional(),
});

/** The OpenAPI 3.1 document of some endpoints, made from their zod schemas. */
export function documentOf(endpoints: readonly Endpoint[]): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const endpoint of endpoints) {
    const operations = paths[endpoint.path] ?? {};
    operations[endpoint.method.toLowerCase()] = operationOf(endpoint);
    paths[endpoint.path] = operations;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Patchbay', version: '1', description: 'Voice agent console: assistants, MCP servers, calls.' },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    paths,
  };
}

function operationOf(endpoint: Endpoint): Record<string, unknown> {
  const inPath = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const json = (schema: z.ZodType, io: 'input' | 'output') => ({
    'application/json': { schema: jsonSchema(schema, io) },
  });
  return {
    summary: endpoint.summary,
    ...(endpoint.action === null ? { security: [] } : {}),
    parameters: [...inPath, ...queryParameters(endpoint.query)],
    ...(endpoint.body ? { requestBody: { required: true, content: json(endpoint.body, 'input') } } : {}),
    responses: {
      ...(endpoint.answer
        ? {
            [endpoint.status]: {
              description: 'Done.',
              content: { ...json(endpoint.answer, 'output'), ...(endpoint.streams ? { [endpoint.streams]: {} } : {}) },
            },
          }
        : { 204: { description: 'Done.' } }),
      default: {
        description: 'A problem.',
        content: { 'application/problem+json': { schema: jsonSchema(problemSchema, 'output') } },
      },
    },
  };
}

function queryParameters(query: z.ZodType | null): Record<string, unknown>[] {
  if (query === null) return [];
  const { properties } = z
    .object({ properties: z.record(z.string(), z.unknown()).default({}) })
    .parse(jsonSchema(query, 'input'));
  return Object.entries(properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output'): unknown =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' });
