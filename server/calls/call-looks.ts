import { and, count, desc, eq, gt, max, sql } from 'drizzle-orm';
import type { CallLook, LookKind } from '#src/lib/calls/call-look.ts';
import { findCall } from '#src/server/calls/read-calls.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { callLooks } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';

/** A page that is opened again so soon, or a recording that is asked for in parts, is one look. */
const oneLookMs = 10 * 60_000;
const mostShown = 100;
const tokenMark = 'token:';
const linkMark = 'link:';

type Looker = { teamId: string; who: string; name: string };

/** Writes down that someone looked at a call. Each export counts, the rest once in ten minutes. Throws `not-found`. */
export async function noteLook(actor: Actor, callId: string, what: LookKind, now = new Date()): Promise<void> {
  const { teamId, userId, name } = actor;
  await writeLook({ teamId, name, who: userId ?? `${tokenMark}${name}` }, callId, what, now);
}

/** The same for whoever opened a share link; who that is nobody knows but by the name of the link. */
export async function noteLinkLook(
  { teamId, linkId, name }: { teamId: string; linkId: string; name: string },
  callId: string,
  what: LookKind,
  now = new Date(),
): Promise<void> {
  await writeLook({ teamId, name: name || 'Share link', who: `${linkMark}${linkId}` }, callId, what, now);
}

async function writeLook({ teamId, who, name }: Looker, callId: string, what: LookKind, now: Date): Promise<void> {
  await forTeam(teamId, async (tx) => {
    await findCall(tx, callId);
    if (what !== 'export') {
      // A browser asks for several parts of a recording at the same time.
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`look ${callId} ${who} ${what}`}))`);
      const same = and(eq(callLooks.callId, callId), eq(callLooks.who, who), eq(callLooks.what, what));
      const before = gt(callLooks.at, new Date(now.getTime() - oneLookMs));
      if ((await tx.$count(callLooks, and(same, before))) > 0) return;
    }
    await tx.insert(callLooks).values({ id: newId('look'), teamId, callId, who, name, what, at: now });
  });
}

/** Who looked at a call, the newest first. Throws `not-found`. */
export async function listLooks(teamId: string, callId: string): Promise<CallLook[]> {
  return forTeam(teamId, async (tx) => {
    await findCall(tx, callId);
    const last = max(callLooks.at);
    const rows = await tx
      .select({ who: callLooks.who, name: max(callLooks.name), what: callLooks.what, times: count(), last })
      .from(callLooks)
      .where(eq(callLooks.callId, callId))
      .groupBy(callLooks.who, callLooks.what)
      .orderBy(desc(last))
      .limit(mostShown);
    return rows.map((row) => ({
      name: row.name ?? '',
      program: row.who.startsWith(tokenMark),
      link: row.who.startsWith(linkMark),
      what: row.what,
      times: row.times,
      lastAt: (row.last ?? new Date(0)).toISOString(),
    }));
  });
}
