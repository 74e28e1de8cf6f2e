import { eq } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import { type CallStatus, callStatusSchema } from '#src/lib/calls/call.ts';
import { type FrozenCall, frozenCallSchema } from '#src/lib/calls/frozen-call.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';

export type LoadedCall = {
  teamId: string;
  callId: string;
  room: string;
  status: CallStatus;
  placedAt: Date;
  frozen: FrozenCall;
  callerName: string;
  synthetic: boolean;
  say: string[] | null;
};

/** What the call's process needs, from the call's id alone. Throws AppError `not-found`. */
export async function loadCall(callId: string): Promise<LoadedCall> {
  const { sql } = connection();
  const [found] = await sql<{ team: string | null }[]>`select team_of_call(${callId}) as team`;
  const teamId = found?.team;
  if (!teamId) throw notFound('call');
  const [row] = await forTeam(teamId, (tx) => tx.select().from(calls).where(eq(calls.id, callId)));
  if (!row) throw notFound('call');
  return {
    teamId,
    callId,
    room: row.room,
    status: callStatusSchema.parse(row.status),
    placedAt: row.placedAt,
    frozen: frozenCallSchema.parse(row.frozen),
    callerName: row.callerName,
    synthetic: row.say !== null,
    say: row.say,
  };
}
