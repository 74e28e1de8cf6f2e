import { inArray } from 'drizzle-orm';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { mcpServers } from '#src/server/db/schema.ts';
import { createFollowUp } from '#src/server/follow-ups/create-follow-up.ts';
import type { LostWrite } from '#src/server/tools/stored-writes.ts';

/** Makes follow-ups of writes whose process died after they were sent: nobody heard what became of them. */
export async function followUpLostWrites(tx: TeamTx, teamId: string, lost: readonly LostWrite[]): Promise<void> {
  if (lost.length === 0) return;
  const ids = lost.map(({ serverId }) => serverId);
  const rows = await tx
    .select({ id: mcpServers.id, name: mcpServers.name })
    .from(mcpServers)
    .where(inArray(mcpServers.id, ids));
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  for (const { callId, toolCallId, serverId, tool } of lost)
    await createFollowUp(tx, teamId, callId, {
      reason: 'write-in-doubt',
      subject: toolCallId,
      serverName: names.get(serverId) ?? 'a deleted server',
      tool,
      note: 'The process of the call ended before an answer came.',
      toolCallId,
      at: null,
    });
}
