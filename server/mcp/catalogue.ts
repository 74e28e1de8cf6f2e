import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, isNull, ne, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { AppError, notFound } from '#src/lib/app-error.ts';
import type { CataloguedTool } from '#src/lib/mcp/catalogued-tool.ts';
import { diffDefinitions } from '#src/lib/mcp/definition-diff.ts';
import { isCut } from '#src/lib/mcp/listed-tool.ts';
import type { ServerLimits } from '#src/lib/mcp/mcp-server.ts';
import type { Measured } from '#src/lib/mcp/measured.ts';
import { judgeTool } from '#src/lib/mcp/readiness/judge-tool.ts';
import { type ToolDefinition, toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { mcpServers, serverTools, toolDefinitions } from '#src/server/db/schema.ts';
import { findServer, lockServer } from '#src/server/mcp/server-rows.ts';
import { measuredTools } from '#src/server/mcp/tool-runs.ts';

/** A tool as it is stored: the approved definition, what the operator decided, and what waits for approval. */
export type StoredTool = {
  definition: ToolDefinition;
  hash: string;
  policy: ToolPolicy;
  /** Set: the tool is quarantined. `approved` and `definition` are as they were stored, with the server's instructions. */
  pending: { hash: string; since: Date; approved: ToolDefinition; definition: ToolDefinition } | null;
};

const pendingDefinitions = alias(toolDefinitions, 'pending_definitions');

/** So many are judged in one go; then whoever else waits for this process has a turn. */
const judgedAtOnce = 25;

/**
 * The tools of a server as last listed, with what the operator decided, what waits for approval, what was measured, and how
 * fit each is for a phone line. Throws `not-found`.
 */
export async function listServerTools(teamId: string, serverId: string): Promise<CataloguedTool[]> {
  const { stored, ...facts } = await storedTools(teamId, serverId);
  const judged: CataloguedTool[] = [];
  for (const tool of stored) {
    if (judged.length % judgedAtOnce === judgedAtOnce - 1) await setImmediate();
    judged.push(judgedTool(tool, facts));
  }
  return judged;
}

/** One of them. Throws `not-found`. */
export async function readServerTool(teamId: string, serverId: string, name: string): Promise<CataloguedTool> {
  const { stored, ...facts } = await storedTools(teamId, serverId, name);
  const [tool] = stored;
  if (!tool) throw notFound('tool');
  return judgedTool(tool, facts);
}

/** The descriptions of which a list shows only the beginning: name of the tool to its words. Throws `not-found`. */
export async function longDescriptions(teamId: string, serverId: string): Promise<Record<string, string>> {
  const rows = await forTeam(teamId, async (tx) => {
    await findServer(tx, serverId);
    return tx
      .select({
        name: serverTools.name,
        description: sql<string>`coalesce(${toolDefinitions.definition}->>'description', '')`,
      })
      .from(serverTools)
      .innerJoin(
        toolDefinitions,
        and(eq(toolDefinitions.teamId, serverTools.teamId), eq(toolDefinitions.hash, serverTools.hash)),
      )
      .where(and(eq(serverTools.serverId, serverId), isNull(serverTools.goneAt)));
  });
  return Object.fromEntries(rows.filter(isCut).map(({ name, description }) => [name, description]));
}

/** What the score of a tool hangs on besides its definition. */
type Facts = { limits: ServerLimits; measured: Map<string, Measured>; elsewhere: Map<string, string[]> };

/** The tools of a server, or the one of this name, with what they are judged by. */
function storedTools(teamId: string, serverId: string, name?: string): Promise<Facts & { stored: StoredTool[] }> {
  return forTeam(teamId, async (tx) => ({
    limits: (await findServer(tx, serverId)).limits,
    stored: await cataloguedTools(tx, serverId, name),
    measured: await measuredTools(tx, serverId, name),
    elsewhere: await namesElsewhere(tx, serverId, name),
  }));
}

function judgedTool({ definition, hash, policy, pending }: StoredTool, facts: Facts): CataloguedTool {
  const figures = facts.measured.get(definition.name) ?? null;
  const readiness = judgeTool(definition, {
    ...figures,
    budgetMs: facts.limits.latencyBudgetMs,
    sameNameOn: facts.elsewhere.get(definition.name) ?? [],
  });
  return { definition, hash, policy, pending: pending && shownPending(pending), readiness, measured: figures };
}

function shownPending({ hash, since, approved, definition }: NonNullable<StoredTool['pending']>) {
  return { hash, definition, since: since.toISOString(), diff: diffDefinitions(approved, definition) };
}

/** The tools of the team's other servers, or those of this name: name of the tool to names of the servers. */
async function namesElsewhere(tx: TeamTx, serverId: string, name?: string): Promise<Map<string, string[]>> {
  const rows = await tx
    .select({ tool: serverTools.name, server: mcpServers.name })
    .from(serverTools)
    .innerJoin(mcpServers, and(eq(mcpServers.id, serverTools.serverId), isNull(mcpServers.deletedAt)))
    .where(and(ne(serverTools.serverId, serverId), isNull(serverTools.goneAt), named(name)));
  const found = new Map<string, string[]>();
  for (const { tool, server } of rows) {
    const servers = found.get(tool);
    if (servers) servers.push(server);
    else found.set(tool, [server]);
  }
  return found;
}

const named = (name: string | undefined) => (name === undefined ? undefined : eq(serverTools.name, name));

/** The same as it is stored, inside a transaction; only the one of this name, where a name is given. */
export async function cataloguedTools(tx: TeamTx, serverId: string, name?: string): Promise<StoredTool[]> {
  const rows = await tx
    .select({
      definition: toolDefinitions.definition,
      hash: serverTools.hash,
      policy: serverTools.policy,
      pendingHash: serverTools.pendingHash,
      pendingSince: serverTools.pendingSince,
      pendingDefinition: pendingDefinitions.definition,
    })
    .from(serverTools)
    .innerJoin(
      toolDefinitions,
      and(eq(toolDefinitions.teamId, serverTools.teamId), eq(toolDefinitions.hash, serverTools.hash)),
    )
    .leftJoin(
      pendingDefinitions,
      and(eq(pendingDefinitions.teamId, serverTools.teamId), eq(pendingDefinitions.hash, serverTools.pendingHash)),
    )
    .where(and(eq(serverTools.serverId, serverId), isNull(serverTools.goneAt), named(name)))
    .orderBy(asc(serverTools.position));
  return rows.map(({ definition, hash, policy, pendingHash, pendingSince, pendingDefinition }) => ({
    definition: toolDefinitionSchema.parse(definition),
    hash,
    policy,
    pending:
      pendingHash && pendingDefinition
        ? {
            hash: pendingHash,
            since: pendingSince ?? new Date(),
            approved: definition,
            definition: pendingDefinition,
          }
        : null,
  }));
}

/**
 * Sets what the operator decides about one tool. Turning a tool off while a change of it waits is the way to keep the change out: it is
 * no longer offered, whatever its server lists. Throws `not-found`.
 */
export async function setToolPolicy(teamId: string, serverId: string, tool: string, policy: ToolPolicy): Promise<void> {
  await forTeam(teamId, async (tx) => {
    // A listing that is taken in just now must not slip a definition under a tool that was off a moment ago.
    await lockServer(tx, serverId);
    const rows = await tx
      .update(serverTools)
      .set({ policy })
      .where(and(eq(serverTools.serverId, serverId), eq(serverTools.name, tool)))
      .returning({ name: serverTools.name });
    if (rows.length === 0) throw notFound('tool');
  });
}

/**
 * Approves the definition that waits: from now on the tool is offered with it. `hash` is that of the definition that was looked at.
 * Throws `not-found`, `nothing-to-approve` and, when the server has changed it once more, `changed-again` (both 409).
 */
export async function approveDefinition(teamId: string, serverId: string, tool: string, hash: string): Promise<void> {
  await forTeam(teamId, async (tx) => {
    await lockServer(tx, serverId);
    const mine = and(eq(serverTools.serverId, serverId), eq(serverTools.name, tool), isNull(serverTools.goneAt));
    const [row] = await tx.select().from(serverTools).where(mine);
    if (!row) throw notFound('tool');
    if (row.pendingHash === null)
      throw new AppError('nothing-to-approve', 'No change of this tool waits for approval.', {
        status: 409,
        hint: 'Load the tools again: someone else may have approved it, or the server took the change back.',
      });
    if (row.pendingHash !== hash)
      throw new AppError('changed-again', 'The server has changed this tool once more since you looked at it.', {
        status: 409,
        hint: 'Load the tools again and look at the newest change.',
      });
    await tx.update(serverTools).set({ hash, pendingHash: null, pendingSince: null }).where(mine);
  });
}
