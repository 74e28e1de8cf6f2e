import { and, eq } from 'drizzle-orm';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import { afterCallArguments, afterCallFacts } from '#src/lib/calls/after-call-facts.ts';
import { frozenCallSchema } from '#src/lib/calls/frozen-call.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { visibleText } from '#src/lib/visible-text.ts';
import {
  type AfterCallJob,
  claimAttempt,
  claimSending,
  mostAttempts,
  settleRun,
  waitAgain,
} from '#src/server/after-call/run-state.ts';
import { readAllEvents } from '#src/server/calls/event-log.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { afterCallRuns, calls } from '#src/server/db/schema.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import type { McpSession, ToolResult } from '#src/server/mcp/mcp-session.ts';
import { openStoredSession } from '#src/server/mcp/open-stored-session.ts';
import { findServer, type ServerRow } from '#src/server/mcp/server-rows.ts';
import { recordTraffic } from '#src/server/mcp/transports/traffic.ts';
import { checkArguments } from '#src/server/tools/check-arguments.ts';
import { judgeFailure } from '#src/server/tools/judge-failure.ts';

type Prepared = {
  server: ServerRow;
  definition: ToolDefinition;
  hash: string;
  policy: ToolPolicy;
  args: Record<string, unknown>;
};

/**
 * Tells one server of one call: calls the tool of its plan, once. A write is noted before its first byte leaves and is never sent
 * again; what surely did not arrive, and a read, is tried again. Throws AppError while another try is due.
 */
export async function runAfterCall(job: AfterCallJob): Promise<void> {
  const attempts = await claimAttempt(job);
  if (attempts === null) return;
  const again = async (error: AppError) => {
    if (attempts >= mostAttempts) return settleRun(job, 'failed', error.message);
    await waitAgain(job, error.message);
    throw error;
  };
  let prepared: Prepared;
  try {
    prepared = await prepare(job);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return settleRun(job, 'failed', error.message);
  }
  const { server, policy, definition, args } = prepared;
  const traffic = recordTraffic();
  let session: McpSession;
  try {
    session = await openStoredSession(job.teamId, server, { traffic });
  } catch (error) {
    return again(asAppError(error));
  }
  try {
    if (!(await isAsApproved(session, prepared))) return await settleRun(job, 'failed', changed);
    if (policy.effect === 'write' && !(await claimSending(job))) return;
    const result = await session.callTool(definition.name, args, { timeoutMs: policy.timeoutMs });
    if (!result.isError) return await settleRun(job, 'done', null);
    await settleRun(job, 'failed', traffic.hider.text(errorWords(result)).slice(0, 500));
  } catch (error) {
    const judged = judgeFailure(error, false);
    const mayRepeat = policy.effect === 'read' || judged.hadNoEffect;
    if (mayRepeat && judged.serverTrouble) return await again(asAppError(error));
    await settleRun(job, 'failed', mayRepeat ? judged.message : `${judged.message} ${inDoubt}`);
  } finally {
    await session.close().catch(() => {});
  }
}

const changed = 'The tool is not as it was allowed. Look at it on the page of the server.';
const inDoubt = 'It was sent, so it may have been done; it is not sent again.';

/** What is to be sent, from the call's frozen copy and its log. Throws AppError for what no further try can mend. */
async function prepare({ teamId, runId }: AfterCallJob): Promise<Prepared> {
  const { run, call, server } = await forTeam(teamId, async (tx) => {
    const [found] = await tx
      .select({ run: afterCallRuns, call: calls })
      .from(afterCallRuns)
      .innerJoin(calls, and(eq(calls.id, afterCallRuns.callId), eq(calls.teamId, afterCallRuns.teamId)))
      .where(eq(afterCallRuns.id, runId));
    if (!found) throw new AppError('not-found', 'The call is gone.');
    const server = await findServer(tx, found.run.serverId).catch(() => null);
    if (!server) throw new AppError('server-missing', 'The server was deleted.');
    return { ...found, server };
  });
  const frozen = frozenCallSchema.parse(call.frozen).servers.find((one) => one.id === run.serverId);
  const plan = frozen?.afterCall;
  const tool = frozen?.tools.find((one) => one.definition.name === plan?.tool);
  if (!plan || !tool)
    throw new AppError(
      'tool-missing',
      `${run.tool} was not allowed, or not as it was allowed. Look at the pages of the server and the assistant.`,
    );
  const facts = afterCallFacts(
    {
      id: call.id,
      assistantName: call.assistantName,
      callerName: call.callerName,
      startedAt: call.clockStart ?? call.placedAt,
      endedAt: call.endedAt ?? run.at,
      endedReason: call.endedReason ?? call.failureCode ?? '',
    },
    await readAllEvents(teamId, call.id),
  );
  const checked = checkArguments(
    tool.definition.inputSchema,
    afterCallArguments(plan, tool.definition.inputSchema, facts),
  );
  if (!checked.ok) throw new AppError('invalid-arguments', `The arguments do not fit the tool. ${checked.message}`);
  return { server, definition: tool.definition, hash: tool.hash, policy: tool.policy, args: checked.args };
}

/** The definition that the server lists now is the one that was approved (B6). */
async function isAsApproved(session: McpSession, { definition, hash }: Prepared): Promise<boolean> {
  const listed = (await session.listTools()).find((tool) => tool.name === definition.name);
  return listed !== undefined && definitionHash(listed, session.instructions) === hash;
}

function errorWords(result: ToolResult): string {
  const said = result.content.flatMap((part) =>
    typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string' ? [part.text] : [],
  );
  return visibleText(`The tool answered with an error. ${said.join(' ')}`.toWellFormed());
}

const asAppError = (error: unknown): AppError =>
  isAppError(error)
    ? error
    : new AppError('connection-lost', 'The connection to the server was lost.', { retryable: true, cause: error });
