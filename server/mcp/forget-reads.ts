import { eq } from 'drizzle-orm';
import { forTeam } from '#src/server/db/for-team.ts';
import { toolCache } from '#src/server/db/schema.ts';

/** Forgets the answers that were kept of a server's reads: something may have changed there (K7). */
export async function forgetReads(teamId: string, serverId: string): Promise<void> {
  await forTeam(teamId, (tx) => tx.delete(toolCache).where(eq(toolCache.serverId, serverId)));
}
