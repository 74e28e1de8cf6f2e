import { and, eq, inArray, sql } from 'drizzle-orm';
import { AppError } from '#src/lib/app-error.ts';
import { talkLimits } from '#src/lib/links/talk-link.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { calls, links } from '#src/server/db/schema.ts';
import { linkOver } from '#src/server/links/links.ts';

/**
 * Counts one call by a tester link, in the transaction that writes the call. The link's row is locked until then: clicks at once
 * come one after the other. Throws `link-over` or `link-used-up` (410), or `line-busy` (429) while as many go on as may.
 */
export async function takeTalkUse(tx: TeamTx, linkId: string): Promise<void> {
  const [link] = await tx.select().from(links).where(eq(links.id, linkId)).for('update');
  if (!link || link.revokedAt) throw linkOver('This link was taken back.');
  const limits = talkLimits(link);
  if (link.uses >= limits.calls) throw talkUsedUp();
  const goingOn = await tx.$count(
    calls,
    and(eq(calls.callerLinkId, linkId), inArray(calls.status, ['placed', 'live'])),
  );
  if (goingOn >= limits.atOnce)
    throw new AppError('line-busy', 'The line is busy, try again in a minute.', { status: 429, retryable: true });
  await tx
    .update(links)
    .set({ uses: sql`${links.uses} + 1` })
    .where(eq(links.id, linkId));
}

/** Gives back the use of a call that never reached a line. */
export async function returnTalkUse(teamId: string, linkId: string): Promise<void> {
  await forTeam(teamId, (tx) =>
    tx
      .update(links)
      .set({ uses: sql`greatest(${links.uses} - 1, 0)` })
      .where(eq(links.id, linkId)),
  );
}

/** What a link says when all its calls were made. */
export function talkUsedUp(): AppError {
  return new AppError('link-used-up', 'All calls of this link are used.', {
    status: 410,
    hint: 'Ask whoever sent it for a new one.',
  });
}
