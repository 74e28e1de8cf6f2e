import { and, eq, isNull, notInArray, sql } from 'drizzle-orm';
import type { PinnedDefinition } from '#src/lib/mcp/pinned-definition.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { newToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { serverTools, toolDefinitions } from '#src/server/db/schema.ts';
import { definitionHash } from '#src/server/mcp/definition-hash.ts';
import { lockServer, type ServerRow } from '#src/server/mcp/server-rows.ts';
import { storableDefinition } from '#src/server/mcp/storable-definition.ts';
import { createNotice } from '#src/server/notices/create-notice.ts';

export type CatalogueChange = {
  /** Allowed tools that are quarantined from now on. */
  quarantined: string[];
  added: string[];
  gone: string[];
  /** Definitions that are too large or too deep to be taken in. */
  refused: string[];
};

type Known = typeof serverTools.$inferSelect;
type Listed = { name: string; hash: string; definition: PinnedDefinition };

/**
 * Takes the listed tools of a server in. A new tool is off, unless the configuration named it. A known one keeps its policy: where
 * it is allowed, a new definition waits for approval and the tool is quarantined (B6); where it is not, the new definition
 * is simply the one to allow, unless a change of it waits already. Missing ones are marked gone. Writes a notice of what changed since the last listing.
 */
export async function storeCatalogue(
  tx: TeamTx,
  o: { teamId: string; serverId: string; tools: ToolDefinition[]; instructions: string | null; now?: Date },
): Promise<CatalogueChange> {
  const { teamId, serverId, now = new Date() } = o;
  const server = await lockServer(tx, serverId);
  const rows = await tx.select().from(serverTools).where(eq(serverTools.serverId, serverId));
  const known = new Map(rows.map((row) => [row.name, row]));
  const { listed, refused } = takeIn(o.tools, o.instructions);
  for (const some of chunks(listed))
    await tx
      .insert(toolDefinitions)
      .values(some.map(({ hash, definition }) => ({ teamId, hash, definition })))
      .onConflictDoNothing();
  const next = listed.map((tool, position) =>
    nextRow(tool, position, known.get(tool.name), server, rows.length > 0, now),
  );
  for (const some of chunks(next))
    await tx
      .insert(serverTools)
      .values(some)
      .onConflictDoUpdate({
        target: [serverTools.teamId, serverTools.serverId, serverTools.name],
        set: {
          hash: sql`excluded.hash`,
          pendingHash: sql`excluded.pending_hash`,
          pendingSince: sql`excluded.pending_since`,
          position: sql`excluded.position`,
          goneAt: null,
        },
      });
  const gone = await markGone(tx, serverId, listed, now);
  const change: CatalogueChange = {
    quarantined: next
      .filter((row) => row.pendingHash !== null && row.pendingHash !== known.get(row.name)?.pendingHash)
      .map(({ name }) => name),
    added: next.filter((row) => known.get(row.name)?.goneAt !== null).map(({ name }) => name),
    gone,
    refused,
  };
  // The first listing is no change: somebody just added the server and looks at it.
  if (rows.length > 0) await tell(tx, server, change);
  return change;
}

function takeIn(tools: ToolDefinition[], serverInstructions: string | null): { listed: Listed[]; refused: string[] } {
  const listed = new Map<string, Listed>();
  const refused: string[] = [];
  for (const tool of tools) {
    const definition = storableDefinition({ ...tool, serverInstructions });
    // What a server names twice counts once, as it does for a model.
    if (!definition) refused.push(tool.name);
    else if (!listed.has(definition.name))
      listed.set(definition.name, {
        name: definition.name,
        hash: definitionHash(tool, serverInstructions),
        definition,
      });
  }
  return { listed: [...listed.values()], refused };
}

function nextRow(
  { name, hash }: Listed,
  position: number,
  before: Known | undefined,
  server: ServerRow,
  listedBefore: boolean,
  now: Date,
): typeof serverTools.$inferInsert & { pendingHash: string | null } {
  const row = { teamId: server.teamId, serverId: server.id, name, position, pendingHash: null, pendingSince: null };
  if (!before) {
    // An empty filter allows what the server had when it was imported; what comes later is a definition nobody has seen.
    const named = server.toolsFilter.length > 0 || !listedBefore;
    return { ...row, hash, policy: { ...newToolPolicy, allowed: server.allowNewTools && named } };
  }
  const policy = before.policy;
  // A change that someone keeps out stays on view: to allow the tool again is not to approve what it says now.
  const protectedTool = policy.allowed || before.pendingHash !== null;
  if (before.hash === hash || !protectedTool) return { ...row, hash, policy };
  const pendingSince = before.pendingHash === hash ? before.pendingSince : now;
  return { ...row, hash: before.hash, policy, pendingHash: hash, pendingSince };
}

async function markGone(tx: TeamTx, serverId: string, listed: Listed[], now: Date): Promise<string[]> {
  const names = listed.map(({ name }) => name);
  const rows = await tx
    .update(serverTools)
    .set({ goneAt: now })
    .where(
      and(
        eq(serverTools.serverId, serverId),
        isNull(serverTools.goneAt),
        names.length > 0 ? notInArray(serverTools.name, names) : undefined,
      ),
    )
    .returning({ name: serverTools.name });
  return rows.map(({ name }) => name);
}

async function tell(tx: TeamTx, server: ServerRow, { quarantined, added, gone }: CatalogueChange): Promise<void> {
  if (quarantined.length > 0)
    await createNotice(tx, server.teamId, {
      kind: 'definition-changed',
      serverId: server.id,
      message: `${server.name}: ${namesOf(quarantined)} changed since the approval, and is switched off for all calls until someone reviews it.`,
    });
  const parts = [
    ...(added.length > 0 ? [`now also lists ${namesOf(added)}`] : []),
    ...(gone.length > 0 ? [`no longer lists ${namesOf(gone)}`] : []),
  ];
  if (parts.length > 0)
    await createNotice(tx, server.teamId, {
      kind: 'tools-changed',
      serverId: server.id,
      message: `${server.name} ${parts.join(' and ')}.`,
    });
}

function namesOf(names: string[]): string {
  const shown = names.slice(0, 3).map((name) => name.slice(0, 64));
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

function chunks<T>(items: T[], size = 500): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
