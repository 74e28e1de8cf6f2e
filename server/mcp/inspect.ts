import { AppError, isAppError } from '#src/lib/app-error.ts';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import type { Inspected, InspectRequest } from '#src/lib/mcp/inspect.ts';
import type { JsonSchema, ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { cataloguedTools } from '#src/server/mcp/catalogue.ts';
import { forgetReads } from '#src/server/mcp/forget-reads.ts';
import type { AskPerson, McpSession, ToolProgress } from '#src/server/mcp/mcp-session.ts';
import { openStoredSession } from '#src/server/mcp/open-stored-session.ts';
import { type PersonClock, personClock } from '#src/server/mcp/person-clock.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { throttleProgress } from '#src/server/mcp/throttle-progress.ts';
import { recordToolRun } from '#src/server/mcp/tool-runs.ts';
import { recordTraffic } from '#src/server/mcp/transports/traffic.ts';

export type InspectHooks = {
  onProgress?: ((progress: ToolProgress) => void) | undefined;
  /** Answers what the server asks a person; left out, the question is called off. */
  onQuestion?: AskPerson | undefined;
  /** Told of each exchange as it ends. */
  onExchange?: ((exchange: Exchange) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Judges the arguments of a tool of the catalogue before they leave (K5); the tool runtime's own check, from above. */
  checkArguments?: ((schema: JsonSchema, args: unknown) => { ok: true } | { ok: false; message: string }) | undefined;
  /** What the server may take, connecting included; two minutes when left out. */
  limitMs?: number | undefined;
};

const defaultLimitMs = 120_000;
/** The page shows it and holds it. */
const maxResultChars = 6 * 1024 * 1024;

/**
 * Asks a stored server one thing by hand, once and without retry, over a connection of its own. Throws only `not-found`;
 * what fails is in the answer.
 */
export async function inspect(
  teamId: string,
  serverId: string,
  request: InspectRequest,
  hooks: InspectHooks = {},
): Promise<Inspected> {
  const { server, known } = await forTeam(teamId, async (tx) => ({
    server: await findServer(tx, serverId),
    known: request.kind === 'call-tool' && hooks.checkArguments ? await cataloguedTools(tx, serverId) : [],
  }));
  const wrong = wrongArguments(request, known, hooks);
  if (wrong) return wrong;
  const traffic = recordTraffic({ onExchange: hooks.onExchange });
  const clock = personClock(hooks.limitMs ?? defaultLimitMs, hooks.signal);
  let session: McpSession | null = null;
  try {
    session = await openStoredSession(teamId, server, {
      traffic,
      raw: true,
      signal: clock.signal,
      ...(hooks.onQuestion ? { ask: clock.pausing(hooks.onQuestion) } : {}),
    });
    const connectedMs = clock.workedMs();
    const done = await perform(session, request, clock, hooks);
    const inspected = { ...done, ms: Math.round((clock.workedMs() - connectedMs) * 10) / 10 };
    if (request.kind === 'call-tool') await note(teamId, serverId, request.name, inspected);
    return inspected;
  } catch (error) {
    const app = hooks.signal?.aborted ? cancelled() : error;
    if (!isAppError(app)) throw app;
    const { code, message, hint, raw } = app;
    const ms = Math.round(clock.workedMs() * 10) / 10;
    const said = { code, message, ...(hint ? { hint } : {}), ...(raw ? { raw } : {}) };
    return { ok: false, result: null, ms, error: said };
  } finally {
    clock.stop();
    await session?.close();
    // A stream that a server holds open has no end to be told at.
    for (const exchange of traffic.since(0)) if (exchange.ms === null) hooks.onExchange?.(exchange);
  }
}

/** A tool that is not in the catalogue has no schema that we know: its server judges. */
function wrongArguments(
  request: InspectRequest,
  known: readonly { definition: ToolDefinition }[],
  { checkArguments }: InspectHooks,
): Inspected | null {
  if (request.kind !== 'call-tool') return null;
  const tool = known.find(({ definition }) => definition.name === request.name);
  const checked = tool ? checkArguments?.(tool.definition.inputSchema, request.arguments) : undefined;
  if (!checked || checked.ok) return null;
  const hint = 'Nothing was sent. Mend the arguments and try again.';
  return { ok: false, result: null, ms: 0, error: { code: 'arguments-invalid', message: checked.message, hint } };
}

async function perform(
  session: McpSession,
  request: InspectRequest,
  { signal }: PersonClock,
  { onProgress }: InspectHooks,
): Promise<Omit<Inspected, 'ms'>> {
  if (request.kind === 'read-resource')
    return { ok: true, result: sized(await session.readResource(request.uri, signal)) };
  if (request.kind === 'get-prompt')
    return { ok: true, result: sized(await session.getPrompt(request.name, request.arguments, signal)) };
  if (request.kind === 'list') {
    const [tools, resources, resourceTemplates, prompts] = await Promise.all([
      session.listTools(signal),
      session.listResources(signal),
      session.listResourceTemplates(signal),
      session.listPrompts(signal),
    ]);
    return { ok: true, result: sized({ tools, resources, resourceTemplates, prompts }) };
  }
  const progress = throttleProgress((told) => onProgress?.(told), { flush: true });
  const result = await session
    .callTool(request.name, request.arguments, {
      // The clock of `signal` is the deadline; this one only has to be later, however long a person thinks.
      timeoutMs: 24 * 60 * 60_000,
      signal,
      onProgress: onProgress ? progress.told : undefined,
    })
    .finally(progress.stop);
  return result.isError
    ? { ok: false, result: sized(result), error: { code: 'tool-error', message: 'The tool answered with an error.' } }
    : { ok: true, result: sized(result) };
}

function sized<T>(result: T): T {
  const chars = JSON.stringify(result)?.length ?? 0;
  if (chars <= maxResultChars) return result;
  throw new AppError('result-too-large', `The answer has ${chars.toLocaleString('en')} characters.`, {
    hint: 'Ask for less: a filter, a page, fewer fields.',
  });
}

/** Its figures count as those of a call do, and what it changed at the server must not be hidden by an older answer. */
async function note(teamId: string, serverId: string, tool: string, { ok, ms, result }: Inspected): Promise<void> {
  const chars = JSON.stringify(result)?.length ?? 0;
  await recordToolRun(teamId, { serverId, tool, source: 'inspector', ok, ms, rawChars: chars, shapedChars: chars });
  await forgetReads(teamId, serverId);
}

const cancelled = () =>
  new AppError('cancelled', 'The request was cancelled.', {
    hint: 'The server was told; a write may have happened all the same.',
  });
