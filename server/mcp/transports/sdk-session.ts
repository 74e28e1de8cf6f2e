import { Client, ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/client';
import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import { serverOffersSchema } from '#src/lib/mcp/mcp-server.ts';
import { jsonSchemaSchema, type ToolDefinition, toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';
import type { AskPerson, CallToolOptions, McpSession, ToolResult } from '#src/server/mcp/mcp-session.ts';
import { storableJson } from '#src/server/mcp/storable-json.ts';
import { tooDeep } from '#src/server/mcp/too-deep.ts';
import { awaitAnswer } from '#src/server/mcp/transports/awaited-answer.ts';
import { idempotencyMeta, withIdempotencyKey } from '#src/server/mcp/transports/idempotent-request.ts';
import { watchChanges } from '#src/server/mcp/transports/watch-changes.ts';

const listTimeoutMs = 10_000;
const readTimeoutMs = 30_000;
/** How the client begins what it says itself while a person is asked; it is no progress of the server. */
const ownRemark = 'Fulfilling input required by ';
/** Deeper than this, writing a result as text runs out of stack. */
const mostDepth = 200;
const toolResultSchema = z.object({
  content: z.array(z.unknown()).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().default(false),
});
const questionSchema = z.object({ message: z.string(), requestedSchema: jsonSchemaSchema });

/**
 * The SDK's client as Patchbay is one: it speaks both eras. It always says that it can ask a person, so that a server lists the
 * same tools to a call as to the inspector; where there is nobody to ask, the question is called off.
 */
export function newClient(ask: AskPerson | undefined): Client {
  const client = new Client(
    { name: 'patchbay', version: '0.1.0' },
    { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode: 'auto' } },
  );
  client.setRequestHandler('elicitation/create', async (request, context) => {
    const question = questionSchema.safeParse(request.params);
    if (!ask || !question.success) return { action: 'cancel' };
    const { message, requestedSchema } = question.data;
    const { action, content } = await ask({ message, schema: requestedSchema }, context.mcpReq.signal);
    return { action, ...(content ? { content } : {}) };
  });
  // Refused by name: a server gets to use neither our model nor our files.
  client.fallbackRequestHandler = (request) =>
    Promise.reject(new ProtocolError(ProtocolErrorCode.MethodNotFound, `Patchbay refuses ${request.method}.`));
  return client;
}

/** A connected client as a session. `name` turns what it throws into an AppError. */
export function sdkSession(client: Client, name: (error: unknown) => AppError): McpSession {
  const border = async <T>(signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    try {
      return await awaitAnswer(signal, work);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      throw name(error);
    }
  };
  const within = (signal: AbortSignal, timeout: number) => ({ timeout, signal });
  const capabilities: Record<string, unknown> = storableJson({ ...client.getServerCapabilities() });
  const info = storableJson(client.getServerVersion());
  const changes = watchChanges(client);
  return {
    era: client.getProtocolEra() === 'modern' ? 'modern' : 'legacy',
    protocolVersion: client.getNegotiatedProtocolVersion() ?? null,
    serverInfo: info ? { name: info.name, version: info.version } : null,
    instructions: storableJson(client.getInstructions()) ?? null,
    capabilities,
    listTools: (signal) =>
      border(signal, async (either) => {
        if (!capabilities.tools) return [];
        const { tools } = await client.listTools(undefined, within(either, listTimeoutMs));
        return storableJson(tools).map((tool): ToolDefinition => toolDefinitionSchema.parse(tool));
      }),
    listResources: (signal) =>
      border(signal, async (either) => {
        if (!capabilities.resources) return [];
        const { resources } = await client.listResources(undefined, within(either, listTimeoutMs));
        return serverOffersSchema.shape.resources.parse(storableJson(resources));
      }),
    listResourceTemplates: (signal) =>
      border(signal, async (either) => {
        if (!capabilities.resources) return [];
        const templates = await client
          .listResourceTemplates(undefined, within(either, listTimeoutMs))
          .then((listed) => listed.resourceTemplates)
          .catch(noneWhenUnknown);
        return serverOffersSchema.shape.resourceTemplates.parse(storableJson(templates));
      }),
    listPrompts: (signal) =>
      border(signal, async (either) => {
        if (!capabilities.prompts) return [];
        const { prompts } = await client.listPrompts(undefined, within(either, listTimeoutMs));
        return serverOffersSchema.shape.prompts.parse(storableJson(prompts));
      }),
    readResource: (uri, signal) =>
      border(signal, (either) =>
        client.readResource({ uri }, { ...within(either, readTimeoutMs), cacheMode: 'refresh' }),
      ),
    getPrompt: (prompt, args, signal) =>
      border(signal, (either) => client.getPrompt({ name: prompt, arguments: args }, within(either, readTimeoutMs))),
    callTool: (tool, args, options) =>
      border(options.signal, (either) => callTool(client, tool, args, { ...options, signal: either })),
    onToolsChanged: changes.onTools,
    onContextChanged: changes.onContext,
    close: async () => {
      changes.stop();
      await client.close().catch(() => {});
    },
  };
}

async function callTool(
  client: Client,
  name: string,
  args: Record<string, unknown>,
  { timeoutMs, signal, onProgress, idempotencyKey }: CallToolOptions,
): Promise<ToolResult> {
  // The protocol's own total timeout is only looked at on progress: the deadline is a signal of our own.
  const deadline = AbortSignal.timeout(timeoutMs);
  const result = toolResultSchema.parse(
    await withIdempotencyKey(idempotencyKey, () =>
      client.callTool(
        {
          name,
          arguments: args,
          ...(idempotencyKey === undefined ? {} : { _meta: { [idempotencyMeta]: idempotencyKey } }),
        },
        {
          signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
          timeout: timeoutMs + 1_000,
          ...(onProgress
            ? {
                onprogress: ({ progress, total, message }: Parameters<typeof onProgress>[0]) => {
                  if (!message?.startsWith(ownRemark)) onProgress({ progress, total, message });
                },
              }
            : {}),
        },
      ),
    ),
  );
  if (!tooDeep(result, mostDepth)) return result;
  throw new AppError('result-too-deep', `The answer has more than ${mostDepth} levels.`, {
    hint: 'Tell whoever runs the server: nothing can read such an answer.',
  });
}

/** Some servers have resources and do not know the method for templates. */
function noneWhenUnknown(error: unknown): never[] {
  if (error instanceof ProtocolError && error.code === ProtocolErrorCode.MethodNotFound) return [];
  throw error;
}
