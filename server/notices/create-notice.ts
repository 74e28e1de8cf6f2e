import { sql } from 'drizzle-orm';
import type { NoticeKind } from '#src/lib/notices/notice.ts';
import { visibleText } from '#src/lib/visible-text.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { notices } from '#src/server/db/schema.ts';

/** The jobs process listens here, so that webhooks go out at once; the notice itself is what they are made from. */
export const noticesChannel = 'notices_made';

/** Writes a notice for a team, in the transaction of what it tells of. Names from a server are made safe to look at. */
export async function createNotice(
  tx: TeamTx,
  teamId: string,
  notice: { kind: NoticeKind; serverId: string; message: string },
): Promise<void> {
  const message = visibleText(notice.message.toWellFormed()).slice(0, 1_000);
  await tx.insert(notices).values({ id: newId('note'), teamId, ...notice, message });
  await tx.execute(sql`select pg_notify(${noticesChannel}, ${teamId})`);
}
