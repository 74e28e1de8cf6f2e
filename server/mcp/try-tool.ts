import { z } from 'zod';
import { readServerTool } from '#src/server/mcp/catalogue.ts';
import { type InspectHooks, inspect } from '#src/server/mcp/inspect.ts';
import { readServer } from '#src/server/mcp/list-servers.ts';

const resultSchema = z.object({ content: z.array(z.unknown()), structuredContent: z.unknown().optional() });

export type TriedTool = {
  ok: boolean;
  content: unknown[];
  structuredContent?: unknown;
  ms: number;
  error?: { code: string; message: string; hint?: string | undefined };
};

/**
 * Calls a tool of the catalogue by hand, once and without retry, within the time that its policy and its server give it. Throws only
 * `not-found`; what fails is in the answer.
 */
export async function tryTool(
  teamId: string,
  serverId: string,
  tool: string,
  args: Record<string, unknown>,
  { signal, checkArguments }: Pick<InspectHooks, 'signal' | 'checkArguments'> = {},
): Promise<TriedTool> {
  const known = await readServerTool(teamId, serverId, tool);
  const { limits } = await readServer(teamId, serverId);
  const request = { kind: 'call-tool', name: tool, arguments: args } as const;
  const { ok, result, ms, error } = await inspect(teamId, serverId, request, {
    signal,
    checkArguments,
    limitMs: Math.min(known.policy.timeoutMs, limits.toolTimeoutMs ?? known.policy.timeoutMs),
  });
  const { content, structuredContent } = resultSchema.safeParse(result).data ?? { content: [] };
  return {
    ok,
    content,
    ...(structuredContent === undefined ? {} : { structuredContent }),
    ms,
    ...(error ? { error: { code: error.code, message: error.message, hint: error.hint } } : {}),
  };
}
