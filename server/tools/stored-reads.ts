import { and, eq, gt, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { toolCache } from '#src/server/db/schema.ts';
import { forgetReads } from '#src/server/mcp/forget-reads.ts';
import { storableJson } from '#src/server/mcp/storable-json.ts';
import type { ReadStore } from '#src/server/tools/read-cache.ts';

const keptSchema = z.object({
  content: z.array(z.unknown()),
  structuredContent: z.unknown().optional(),
  rawChars: z.number().int(),
});

/** Keeps a team's answers of reads in the database, for all of its calls. */
export function storedReads(teamId: string): ReadStore {
  return {
    find: (key) =>
      forTeam(teamId, async (tx) => {
        const [row] = await tx
          .select({ result: toolCache.result })
          .from(toolCache)
          .where(and(eq(toolCache.key, key), gt(toolCache.expiresAt, sql`now()`)));
        if (!row) return null;
        const { rawChars, content, structuredContent } = keptSchema.parse(row.result);
        const structured = structuredContent === undefined ? {} : { structuredContent };
        return { rawChars, result: { content, ...structured, isError: false } };
      }),
    keep: ({ key, serverId, answer, ttlMs }) =>
      forTeam(teamId, async (tx) => {
        const { content, structuredContent } = answer.result;
        const result = storableJson({ content, structuredContent, rawChars: answer.rawChars });
        const expiresAt = sql`now() + make_interval(secs => ${ttlMs / 1000})`;
        await tx
          .insert(toolCache)
          .values({ teamId, key, serverId, result, expiresAt })
          .onConflictDoUpdate({
            target: [toolCache.teamId, toolCache.key],
            set: { result, storedAt: sql`now()`, expiresAt },
          });
      }),
    forget: (serverId) => forgetReads(teamId, serverId),
  };
}

/** Removes answers that nobody may be given any more. */
export async function pruneReads(tx: TeamTx, now: Date): Promise<void> {
  await tx.delete(toolCache).where(lt(toolCache.expiresAt, now));
}
