import { isAppError, notFound } from '#src/lib/app-error.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { cataloguedTools } from '#src/server/mcp/catalogue.ts';
import { openStoredSession } from '#src/server/mcp/open-stored-session.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';

export type TriedTool = {
  ok: boolean;
  content: unknown[];
  structuredContent?: unknown;
  ms: number;
  error?: { code: string; message: string; hint?: string | undefined };
};

/** Calls a tool of a stored server by hand, once and without retry. Throws only `not-found`; what fails is in the answer. */
export async function tryTool(
  teamId: string,
  serverId: string,
  tool: string,
  args: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<TriedTool> {
  const { server, known } = await forTeam(teamId, async (tx) => {
    const row = await findServer(tx, serverId);
    return {
      server: row,
      known: (await cataloguedTools(tx, serverId)).find(({ definition }) => definition.name === tool),
    };
  });
  if (!known) throw notFound('tool');
  const from = performance.now();
  const ms = () => Math.round((performance.now() - from) * 10) / 10;
  try {
    const session = await openStoredSession(teamId, server, { signal });
    try {
      const result = await session.callTool(tool, args, { timeoutMs: known.policy.timeoutMs, signal });
      return {
        ok: !result.isError,
        content: result.content,
        ...(result.structuredContent === undefined ? {} : { structuredContent: result.structuredContent }),
        ms: ms(),
        ...(result.isError ? { error: { code: 'tool-error', message: 'The tool answered with an error.' } } : {}),
      };
    } finally {
      await session.close();
    }
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { ok: false, content: [], ms: ms(), error: { code: error.code, message: error.message, hint: error.hint } };
  }
}
