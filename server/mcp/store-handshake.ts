import { eq } from 'drizzle-orm';
import { unmatchedFilter } from '#src/lib/mcp/config-file/unmatched-filter.ts';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { handshakes, mcpServers } from '#src/server/db/schema.ts';
import type { HandshakeOutcome } from '#src/server/mcp/handshake.ts';
import { lockServer, type ServerRow } from '#src/server/mcp/server-rows.ts';
import { storableJson } from '#src/server/mcp/storable-json.ts';
import { storeCatalogue } from '#src/server/mcp/store-catalogue.ts';
import { createNotice } from '#src/server/notices/create-notice.ts';

/** Who asked for a handshake: a person or a program, or the watch that runs between calls. */
export type HandshakeSource = 'asked' | 'watch';

/**
 * Keeps the outcome of a stored server's handshake, takes its tools into the catalogue, and writes a notice where the server
 * went down or came back (K11). Answers the result as it is kept, with the names of the filter that match nothing (X2).
 */
export async function storeHandshake(
  tx: TeamTx,
  o: { teamId: string; serverId: string; outcome: HandshakeOutcome; source: HandshakeSource },
): Promise<Handshake> {
  const { teamId, serverId, source } = o;
  const before = await lockServer(tx, serverId);
  const { found } = o.outcome;
  const taken = found && (await takeTools(tx, before, found.tools, o.outcome.handshake.instructions));
  const result = storableJson({
    ...o.outcome.handshake,
    unmatchedFilter: found ? unmatchedFilter(before.toolsFilter, found.tools) : [],
    refusedTools: taken?.refused ?? [],
  });
  await tx
    .insert(handshakes)
    .values({ id: newId('hs'), teamId, serverId, ok: result.ok, source, result: kept(result, source) });
  await tx
    .update(mcpServers)
    .set({
      state: result.ok ? 'passed' : 'failed',
      checkedAt: new Date(),
      ...(found ? { era: found.era, instructions: result.instructions, offers: storableJson(found.offers) } : {}),
    })
    .where(eq(mcpServers.id, serverId));
  const failed = result.steps.find((step) => step.state === 'failed');
  if (before.state === 'passed' && !result.ok)
    await createNotice(tx, teamId, {
      kind: 'server-down',
      serverId,
      message: `${before.name} no longer answers as it should. ${failed?.error?.message ?? ''}`.trim(),
    });
  if (before.state === 'failed' && result.ok)
    await createNotice(tx, teamId, { kind: 'server-up', serverId, message: `${before.name} answers again.` });
  return result;
}

/** Into the catalogue goes what the filter lets through. */
function takeTools(tx: TeamTx, server: ServerRow, listed: ToolDefinition[], instructions: string | null) {
  const { teamId, id: serverId, toolsFilter: filter } = server;
  const tools = filter.length === 0 ? listed : listed.filter((tool) => filter.includes(tool.name));
  return storeCatalogue(tx, { teamId, serverId, tools, instructions });
}

/** Thousands of passed checks need no traffic. */
const kept = (result: Handshake, source: HandshakeSource): Handshake =>
  source === 'watch' && result.ok
    ? { ...result, steps: result.steps.map((step) => ({ ...step, exchanges: [] })) }
    : result;
