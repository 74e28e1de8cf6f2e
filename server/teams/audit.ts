import type { TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { auditEntries } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';

/** Writes who did what to which record; in the same transaction as the deed. */
export async function writeAudit(tx: TeamTx, actor: Actor, action: string, target: string): Promise<void> {
  await tx
    .insert(auditEntries)
    .values({ id: newId('aud'), teamId: actor.teamId, actor: actor.userId ?? actor.name, action, target });
}
