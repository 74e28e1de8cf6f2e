import { z } from 'zod';
import { exchangeSchema } from '#src/lib/mcp/exchange.ts';
import { handshakeSchema } from '#src/lib/mcp/handshake.ts';
import { inspectedSchema, inspectRequestSchema, questionAnswerSchema } from '#src/lib/mcp/inspect.ts';
import { serverOffersSchema } from '#src/lib/mcp/mcp-server.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { checkEndpoint, endpointInputSchema } from '#src/server/mcp/check-endpoint.ts';
import { inspect } from '#src/server/mcp/inspect.ts';
import { answerQuestion } from '#src/server/mcp/inspect-questions.ts';
import { readOffers } from '#src/server/mcp/list-servers.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';

export const mcpInspectEndpoints = [
  endpoint({
    method: 'POST',
    path: '/handshake',
    summary:
      'Runs the handshake of an address that is not stored, and stores nothing. A failed one is 200 with `ok: false`.',
    action: 'server:handshake',
    body: endpointInputSchema,
    answer: handshakeSchema,
    handle: ({ body, request }) => checkEndpoint(body, { signal: request.signal }),
  }),
  endpoint({
    method: 'GET',
    path: '/mcp-servers/{id}/offers',
    summary: 'The resources, resource templates and prompts of the last handshake.',
    action: 'server:read',
    answer: serverOffersSchema,
    handle: ({ actor, params }) => readOffers(actor.teamId, params.id ?? ''),
  }),
  endpoint({
    method: 'POST',
    path: '/mcp-servers/{id}/inspect',
    summary: 'Asks a server one thing by hand and answers with the traffic. Questions of the server are called off.',
    action: 'server:try-tool',
    body: inspectRequestSchema,
    answer: z.object({ ...inspectedSchema.shape, exchanges: z.array(exchangeSchema) }),
    handle: async ({ actor, params, body, request }) => {
      const exchanges: z.infer<typeof exchangeSchema>[] = [];
      const done = await inspect(actor.teamId, params.id ?? '', body, {
        signal: request.signal,
        checkArguments,
        onExchange: (exchange) => exchanges.push(exchange),
      });
      return { ...done, exchanges };
    },
  }),
  endpoint({
    method: 'POST',
    path: '/mcp-servers/{id}/questions/{questionId}',
    summary: 'Answers what a server asks while something is tried by hand.',
    action: 'server:try-tool',
    body: questionAnswerSchema,
    status: 204,
    handle: ({ actor, params, body }) => answerQuestion(actor.teamId, params.id ?? '', params.questionId ?? '', body),
  }),
];
