import { eq } from 'drizzle-orm';
import { frozenCallSchema } from '#src/lib/calls/frozen-call.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';
import { teamSettingsIn } from '#src/server/teams/team-settings.ts';

/** What the caller of this call is told of its recording; empty where it is not recorded, or the team says nothing. */
export async function consentOfCall(teamId: string, callId: string): Promise<string> {
  return forTeam(teamId, async (tx) => {
    const [row] = await tx.select({ frozen: calls.frozen }).from(calls).where(eq(calls.id, callId));
    const frozen = frozenCallSchema.safeParse(row?.frozen).data;
    return frozen?.config.recording ? (await teamSettingsIn(tx, teamId)).consent : '';
  });
}
