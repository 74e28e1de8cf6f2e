import { sql } from 'drizzle-orm';
import { frozenCallSchema } from '#src/lib/calls/frozen-call.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { afterCallRuns } from '#src/server/db/schema.ts';

/** The jobs process listens here, so that servers are told soon after the call; the rows are what is worked off. */
export const afterCallChannel = 'after_call_planned';

/**
 * Writes down which servers are to be told of a call that ends, in the transaction of its end: none is lost, none is told twice.
 * What counts is the call's own frozen copy.
 */
export async function planAfterCalls(tx: TeamTx, teamId: string, callId: string, frozen: unknown): Promise<void> {
  const servers = (frozenCallSchema.safeParse(frozen).data?.servers ?? []).filter(
    (server) => server.phase === 'after-call',
  );
  if (servers.length === 0) return;
  await tx
    .insert(afterCallRuns)
    .values(
      servers.map((server) => ({
        id: newId('run'),
        teamId,
        callId,
        serverId: server.id,
        serverName: server.name,
        ...(server.afterCall
          ? { tool: server.afterCall.tool, state: 'waiting' as const }
          : { tool: '', state: 'failed' as const, error: noPlan, settledAt: new Date() }),
      })),
    )
    .onConflictDoNothing();
  await tx.execute(sql`select pg_notify(${afterCallChannel}, ${teamId})`);
}

const noPlan = 'No tool is chosen for after the call. Choose one on the page of the server.';
