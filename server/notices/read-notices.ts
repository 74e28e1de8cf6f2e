import { and, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Notice, noticeSchema } from '#src/lib/notices/notice.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { mcpServers, notices } from '#src/server/db/schema.ts';

/** The notices of a team, newest first. `next` goes into `after` of the following page; null at the end. */
export async function listNotices(
  teamId: string,
  { after, limit = 50 }: { after?: string | undefined; limit?: number } = {},
): Promise<{ items: Notice[]; next: string | null }> {
  const older = after && sql`(${notices.at}, ${notices.id}) < (select n.at, n.id from notices n where n.id = ${after})`;
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select({ notice: notices, serverName: mcpServers.name })
      .from(notices)
      .leftJoin(mcpServers, and(eq(mcpServers.id, notices.serverId), isNull(mcpServers.deletedAt)))
      .where(older || undefined)
      .orderBy(desc(notices.at), desc(notices.id))
      .limit(limit + 1),
  );
  const items = rows.slice(0, limit).map(({ notice, serverName }) =>
    noticeSchema.parse({
      ...notice,
      serverName,
      at: notice.at.toISOString(),
      seenAt: notice.seenAt?.toISOString() ?? null,
    }),
  );
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}

/** How many notices nobody of the team has seen. */
export async function countUnseenNotices(teamId: string): Promise<number> {
  const [row] = await forTeam(teamId, (tx) =>
    tx.select({ unseen: count() }).from(notices).where(isNull(notices.seenAt)),
  );
  return row?.unseen ?? 0;
}

/** Marks notices as seen for the team: these, or all. */
export async function markNoticesSeen(teamId: string, ids?: readonly string[]): Promise<void> {
  await forTeam(teamId, (tx) =>
    tx
      .update(notices)
      .set({ seenAt: new Date() })
      .where(and(isNull(notices.seenAt), ids ? inArray(notices.id, [...ids]) : undefined)),
  );
}
