import { and, eq, isNotNull, lt, ne } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import type { CallEventData } from '#src/lib/calls/call-event.ts';
import { appendCallEventIn } from '#src/server/calls/event-log.ts';
import { findRecording } from '#src/server/calls/recording/recording-rows.ts';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls, recordings } from '#src/server/db/schema.ts';
import { fileStore } from '#src/server/files/file-store.ts';
import { folderStore } from '#src/server/files/folder-store.ts';
import { readTeamSettings } from '#src/server/teams/team-settings.ts';

const dayMs = 24 * 3_600_000;

/**
 * Deletes the recording of a call that is over, file first; the row and an event say that there was one. Deleting it again
 * does nothing. Throws AppError `not-found` or `still-recording`.
 */
export async function deleteRecording(
  teamId: string,
  callId: string,
  why: CallEventData<'recording-deleted'>['why'],
): Promise<void> {
  const row = await findRecording(teamId, callId);
  if (!row) throw notFound('recording');
  if (row.state === 'deleted') return;
  const [call] = await forTeam(teamId, (tx) =>
    tx.select({ endedAt: calls.endedAt }).from(calls).where(eq(calls.id, callId)),
  );
  if (call && !call.endedAt)
    throw new AppError('still-recording', 'The call is still going on.', {
      status: 409,
      retryable: true,
      hint: 'End the call first.',
    });
  await fileStore().remove(row.key);
  // What a process left behind before the file store had it.
  await folderStore(config().recordingsFolder).remove(row.key);
  await forTeam(teamId, async (tx) => {
    const deleted = await tx
      .update(recordings)
      .set({ state: 'deleted', deletedAt: new Date(), bytes: 0, peaks: null })
      .where(and(eq(recordings.callId, callId), ne(recordings.state, 'deleted')))
      .returning({ callId: recordings.callId });
    if (deleted.length === 0 || !call) return;
    await appendCallEventIn(tx, teamId, callId, {
      id: `${callId}-recording-deleted`,
      type: 'recording-deleted',
      at: null,
      data: { why },
    });
  });
}

/** Deletes what is older than the team keeps recordings. Answers how many. */
export async function deleteOldRecordings(teamId: string, now: Date): Promise<number> {
  const { keepRecordingDays } = await readTeamSettings(teamId);
  if (keepRecordingDays === null) return 0;
  const old = await forTeam(teamId, (tx) =>
    tx
      .select({ callId: recordings.callId })
      .from(recordings)
      .innerJoin(calls, eq(calls.id, recordings.callId))
      .where(
        and(
          ne(recordings.state, 'deleted'),
          isNotNull(calls.endedAt),
          lt(recordings.at, new Date(now.getTime() - keepRecordingDays * dayMs)),
        ),
      ),
  );
  for (const { callId } of old) await deleteRecording(teamId, callId, 'too-old');
  return old.length;
}
