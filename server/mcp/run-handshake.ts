import { desc, eq } from 'drizzle-orm';
import type { Handshake, HandshakeStep, HandshakeStepName } from '#src/lib/mcp/handshake.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { handshakes } from '#src/server/db/schema.ts';
import { handshake } from '#src/server/mcp/handshake.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { type HandshakeSource, storeHandshake } from '#src/server/mcp/store-handshake.ts';
import { storedAccess } from '#src/server/mcp/stored-access.ts';
import { storedEnv } from '#src/server/mcp/stored-env.ts';

/** Runs the handshake of a stored server, keeps its result, and takes its tools into the catalogue. Throws only `not-found`. */
export async function runHandshake(
  teamId: string,
  serverId: string,
  options: {
    onStart?: ((name: HandshakeStepName) => void) | undefined;
    onStep?: ((step: HandshakeStep) => void) | undefined;
    signal?: AbortSignal | undefined;
    source?: HandshakeSource;
  } = {},
): Promise<Handshake> {
  const server = await forTeam(teamId, (tx) => findServer(tx, serverId));
  const outcome = await handshake({
    // No stored verdict: the check finds out anew which protocol the server speaks.
    server: {
      transport: server.transport,
      url: server.url,
      stdio: server.stdio,
      rest: server.rest,
      auth: server.auth,
      era: null,
    },
    access: await storedAccess(teamId, server),
    env: await storedEnv(teamId, server),
    ...options,
  });
  if (options.signal?.aborted) return outcome.handshake; // cancelled by the person: nothing is known of the server
  const source = options.source ?? 'asked';
  return forTeam(teamId, (tx) => storeHandshake(tx, { teamId, serverId, outcome, source }));
}

/** Earlier handshakes of a server, newest first. Only the newest that kept its traffic carries it: twenty would be megabytes. */
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
  const newest = rows.findIndex(({ result }) => result.steps.some((step) => (step.exchanges ?? []).length > 0));
  return rows.map(({ result }, i) => (i === newest ? result : withoutTraffic(result)));
}

const withoutTraffic = (result: Handshake): Handshake => ({
  ...result,
  steps: result.steps.map((step) => ({ ...step, exchanges: [] })),
});
