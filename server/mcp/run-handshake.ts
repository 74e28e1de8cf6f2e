import { desc, eq } from 'drizzle-orm';
import type { Handshake, HandshakeStep } from '#src/lib/mcp/handshake.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { handshakes, mcpServers } from '#src/server/db/schema.ts';
import { storeCatalogue } from '#src/server/mcp/catalogue.ts';
import { handshake } from '#src/server/mcp/handshake.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { storedAccess } from '#src/server/mcp/stored-access.ts';

/** Runs the handshake of a stored server, keeps its result, and takes its tools into the catalogue. Throws only `not-found`. */
export async function runHandshake(
  teamId: string,
  serverId: string,
  options: { onStep?: ((step: HandshakeStep) => void) | undefined; signal?: AbortSignal | undefined } = {},
): Promise<Handshake> {
  const server = await forTeam(teamId, (tx) => findServer(tx, serverId));
  const { handshake: result, found } = await handshake({
    server: { url: server.url, auth: server.auth, era: null },
    key: null,
    access: await storedAccess(teamId, server),
    ...options,
  });
  if (options.signal?.aborted) return result; // cancelled by the person: nothing is known of the server
  await forTeam(teamId, async (tx) => {
    await tx.insert(handshakes).values({ id: newId('hs'), teamId, serverId, ok: result.ok, result });
    await tx
      .update(mcpServers)
      .set({
        state: result.ok ? 'passed' : 'failed',
        checkedAt: new Date(),
        ...(found ? { era: found.era, instructions: result.instructions } : {}),
      })
      .where(eq(mcpServers.id, serverId));
    if (found)
      await storeCatalogue(tx, {
        teamId,
        serverId,
        tools: filtered(found.tools, server.toolsFilter),
        instructions: result.instructions,
        allowNewTools: server.allowNewTools,
      });
  });
  return result;
}

/** Earlier handshakes of a server, newest first. */
export async function listHandshakes(teamId: string, serverId: string, limit = 20): Promise<Handshake[]> {
  const rows = await forTeam(teamId, async (tx) => {
    await findServer(tx, serverId);
    return tx
      .select()
      .from(handshakes)
      .where(eq(handshakes.serverId, serverId))
      .orderBy(desc(handshakes.at))
      .limit(limit);
  });
  return rows.map((row) => row.result);
}

const filtered = <T extends { name: string }>(tools: T[], filter: string[]): T[] =>
  filter.length === 0 ? tools : tools.filter((tool) => filter.includes(tool.name));
