import { sql } from 'drizzle-orm';
import type { TeamTx } from '#src/server/db/for-team.ts';

/** The jobs process listens here for calls that are over: `team call`. */
export const callsOverChannel = 'calls_over';

/** Tells that a call is over, once the transaction of its end is done. */
export async function tellCallOver(tx: TeamTx, teamId: string, callId: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${callsOverChannel}, ${`${teamId} ${callId}`})`);
}
