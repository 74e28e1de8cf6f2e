import { and, asc, eq, lt, notExists, sql } from 'drizzle-orm';
import { type ContentKind, contentKinds } from '#src/lib/calls/call-content-kind.ts';
import { eraseOldContent } from '#src/server/calls/erase-content.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { callEvents, calls } from '#src/server/db/schema.ts';
import { readTeamSettings } from '#src/server/teams/team-settings.ts';

const dayMs = 24 * 3_600_000;
/** More are left for the next look: each call is a transaction of its own, and nobody waits for this. */
const callsAtOnce = 500;

/** Erases what a team does not keep any longer: words and what tools were given, each by its own age. Answers of how many calls. */
export async function eraseTooOld(teamId: string, now: Date, limit = callsAtOnce): Promise<number> {
  const { keepTranscriptDays, keepPayloadDays } = await readTeamSettings(teamId);
  const keptDays = { words: keepTranscriptDays, tools: keepPayloadDays };
  let erased = 0;
  for (const kind of contentKinds) {
    const days = keptDays[kind];
    if (days === null) continue;
    const old = await endedBefore(teamId, new Date(now.getTime() - days * dayMs), kind, limit);
    for (const callId of old) await eraseOldContent(teamId, callId, kind);
    erased += old.length;
  }
  return erased;
}

async function endedBefore(teamId: string, before: Date, kind: ContentKind, limit: number): Promise<string[]> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .select({ id: calls.id })
      .from(calls)
      .where(
        and(
          lt(calls.endedAt, before),
          notExists(
            tx
              .select({ one: sql`1` })
              .from(callEvents)
              .where(
                and(eq(callEvents.callId, calls.id), eq(callEvents.eventId, sql`${calls.id} || ${`-erased-${kind}`}`)),
              ),
          ),
        ),
      )
      .orderBy(asc(calls.endedAt))
      .limit(limit),
  );
  return rows.map(({ id }) => id);
}
