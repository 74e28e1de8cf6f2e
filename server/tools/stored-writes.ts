import { and, eq, lt, sql } from 'drizzle-orm';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { writeRequests } from '#src/server/db/schema.ts';
import { storableText } from '#src/server/mcp/storable-json.ts';
import type { WriteStore } from '#src/server/tools/write-ledger.ts';

/** Keeps the writes of one call in the database. */
export function storedWrites(teamId: string, callId: string): WriteStore {
  return {
    claim: (intent) =>
      forTeam(teamId, async (tx) => {
        const id = newId('write');
        const made = await tx
          .insert(writeRequests)
          .values({ id, teamId, callId, ...intent, state: 'sent' })
          .onConflictDoNothing()
          .returning({ id: writeRequests.id });
        if (made.length > 0) return { id };
        const [earlier] = await tx
          .select({
            toolCallId: writeRequests.toolCallId,
            state: writeRequests.state,
            answer: writeRequests.answer,
          })
          .from(writeRequests)
          .where(and(eq(writeRequests.callId, callId), eq(writeRequests.key, intent.key)));
        if (!earlier) throw new Error('A write is neither new nor known.');
        return { earlier };
      }),
    settle: (id, state, answer) =>
      forTeam(teamId, async (tx) => {
        await tx
          .update(writeRequests)
          .set({ state, answer: answer === null ? null : storableText(answer), settledAt: sql`now()` })
          .where(eq(writeRequests.id, id));
      }),
  };
}

/** Longer than any tool may take: what is "sent" for so long lost its process, and nobody knows what became of it. */
const longestMs = 10 * 60_000;

export type LostWrite = { callId: string; toolCallId: string; serverId: string; tool: string };

/** Calls writes whose process died in doubt, and answers which. */
export async function doubtLostWrites(tx: TeamTx, now: Date): Promise<LostWrite[]> {
  return tx
    .update(writeRequests)
    .set({ state: 'in-doubt', settledAt: now })
    .where(and(eq(writeRequests.state, 'sent'), lt(writeRequests.at, new Date(now.getTime() - longestMs))))
    .returning({
      callId: writeRequests.callId,
      toolCallId: writeRequests.toolCallId,
      serverId: writeRequests.serverId,
      tool: writeRequests.tool,
    });
}
