import { and, asc, eq, isNull, notInArray } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { newToolPolicy, type ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { serverTools, toolDefinitions } from '#src/server/db/schema.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';

export type CataloguedTool = { definition: ToolDefinition; hash: string; policy: ToolPolicy };

/** Takes the listed tools of a server in: new ones are off unless the configuration named them, known ones keep their policy, missing ones are marked gone. */
export async function storeCatalogue(
  tx: TeamTx,
  o: { teamId: string; serverId: string; tools: ToolDefinition[]; instructions: string | null; allowNewTools: boolean },
): Promise<void> {
  for (const [position, definition] of o.tools.entries()) {
    const hash = definitionHash(definition, o.instructions);
    await tx.insert(toolDefinitions).values({ teamId: o.teamId, hash, definition }).onConflictDoNothing();
    await tx
      .insert(serverTools)
      .values({
        teamId: o.teamId,
        serverId: o.serverId,
        name: definition.name,
        hash,
        policy: { ...newToolPolicy, allowed: o.allowNewTools },
        position,
      })
      .onConflictDoUpdate({
        target: [serverTools.teamId, serverTools.serverId, serverTools.name],
        set: { hash, position, goneAt: null },
      });
  }
  const listed = o.tools.map((tool) => tool.name);
  await tx
    .update(serverTools)
    .set({ goneAt: new Date() })
    .where(
      and(
        eq(serverTools.serverId, o.serverId),
        isNull(serverTools.goneAt),
        listed.length > 0 ? notInArray(serverTools.name, listed) : undefined,
      ),
    );
}

/** The tools of a server as last listed, with what the operator decided. */
export async function listServerTools(teamId: string, serverId: string): Promise<CataloguedTool[]> {
  return forTeam(teamId, async (tx) => {
    await findServer(tx, serverId);
    return cataloguedTools(tx, serverId);
  });
}

/** The same inside a transaction. */
export async function cataloguedTools(tx: TeamTx, serverId: string): Promise<CataloguedTool[]> {
  const rows = await tx
    .select({ definition: toolDefinitions.definition, hash: serverTools.hash, policy: serverTools.policy })
    .from(serverTools)
    .innerJoin(
      toolDefinitions,
      and(eq(toolDefinitions.teamId, serverTools.teamId), eq(toolDefinitions.hash, serverTools.hash)),
    )
    .where(and(eq(serverTools.serverId, serverId), isNull(serverTools.goneAt)))
    .orderBy(asc(serverTools.position));
  return rows;
}

/** Sets what the operator decides about one tool. Throws `not-found`. */
export async function setToolPolicy(teamId: string, serverId: string, tool: string, policy: ToolPolicy): Promise<void> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .update(serverTools)
      .set({ policy })
      .where(and(eq(serverTools.serverId, serverId), eq(serverTools.name, tool)))
      .returning({ name: serverTools.name }),
  );
  if (rows.length === 0) throw notFound('tool');
}
