import { createHash } from 'node:crypto';
import { and, asc, eq, sql } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import type { NewCallEvent } from '#src/lib/calls/call-event.ts';
import { redactEvent } from '#src/lib/calls/redact-event.ts';
import { appendCallEventIn } from '#src/server/calls/event-log.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls, hookEvents } from '#src/server/db/schema.ts';
import { checkHook } from '#src/server/hooks/read-hook.ts';
import { speakNotice } from '#src/server/hooks/speak-notice.ts';
import { findServer } from '#src/server/mcp/server-rows.ts';
import { storableJson } from '#src/server/mcp/storable-json.ts';
import { revealCredential } from '#src/server/secrets/credentials.ts';
import { teamSettingsIn } from '#src/server/teams/team-settings.ts';

/**
 * Takes what a server sent to us: keeps it, and tells each live call whose assistant has the server, all or nothing. Throws `not-found`
 * for a server that is unknown or has no hook key, `bad-signature`, `timestamp-refused`, and `replayed` for what came before.
 */
export async function takeHook(
  serverId: string,
  o: { body: string; signature: string | null },
  now = new Date(),
): Promise<{ id: string }> {
  const [found] = await connection().sql<{ team: string | null }[]>`select team_of_server(${serverId}) as team`;
  const teamId = found?.team;
  if (!teamId) throw notFound('server');
  const server = await forTeam(teamId, (tx) => findServer(tx, serverId));
  if (server.hookCredentialId === null) throw notFound('server');
  const hook = checkHook({ ...o, key: await revealCredential(teamId, server.hookCredentialId), now });
  const data = storableJson(hook.data ?? null);
  const id = createHash('sha256').update(`${serverId}.${hook.timestamp}.${o.body}`).digest('hex');
  const rooms = await forTeam(teamId, async (tx) => {
    const kept = await tx
      .insert(hookEvents)
      .values({ id, teamId, serverId, event: hook.event, data, at: now })
      .onConflictDoNothing()
      .returning({ id: hookEvents.id });
    if (kept.length === 0)
      throw new AppError('replayed', 'This was sent before.', {
        status: 409,
        hint: 'Give each event its own timestamp.',
      });
    const live = await tx
      .select({ id: calls.id, room: calls.room })
      .from(calls)
      .where(
        and(
          eq(calls.status, 'live'),
          sql`${calls.frozen}->'servers' @> ${JSON.stringify([{ id: serverId }])}::text::jsonb`,
        ),
      )
      .orderBy(asc(calls.id));
    const { redact } = await teamSettingsIn(tx, teamId);
    const notice: NewCallEvent = {
      id: `hook-${id}`,
      type: 'server-notice',
      at: null,
      data: { serverId, serverName: server.name, event: hook.event, data },
    };
    for (const call of live) await appendCallEventIn(tx, teamId, call.id, redactEvent(notice, redact));
    return live.map(({ room }) => room);
  });
  void speakNotice(server, { id, event: hook.event, data, rooms });
  return { id };
}
