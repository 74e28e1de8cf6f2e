import path from 'node:path';
import { and, eq, ne } from 'drizzle-orm';
import type { HeardFigures, RecordingPeaks } from '#src/lib/calls/recording.ts';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { recordings } from '#src/server/db/schema.ts';

export type RecordingRow = typeof recordings.$inferSelect;

/** The name of a call's recording in the file store. */
export function recordingKey(teamId: string, callId: string): string {
  return `${teamId}/${callId}.wav`;
}

/** Where a recording is written while its call goes on, and until the file store has taken it. */
export function recordingFile(key: string): string {
  return path.join(config().recordingsFolder, key);
}

/** Writes down that a call is recorded; once written it is looked after until it is deleted. */
export async function noteRecording(teamId: string, callId: string): Promise<void> {
  await forTeam(teamId, (tx) =>
    tx
      .insert(recordings)
      .values({ callId, teamId, state: 'recording', key: recordingKey(teamId, callId) })
      .onConflictDoNothing(),
  );
}

/** Writes down how long the finished file is. */
export async function noteRecorded(
  teamId: string,
  callId: string,
  length: { bytes: number; durationMs: number },
): Promise<void> {
  await forTeam(teamId, (tx) =>
    tx
      .insert(recordings)
      .values({ callId, teamId, state: 'recording', key: recordingKey(teamId, callId), ...length })
      .onConflictDoUpdate({ target: recordings.callId, set: length }),
  );
}

/** What the analysis found; a recording that was deleted meanwhile stays deleted. */
export async function noteAnalysed(
  teamId: string,
  callId: string,
  found: {
    state: 'ready' | 'incomplete';
    bytes: number;
    durationMs: number;
    peaks: RecordingPeaks | null;
    heard: HeardFigures | null;
  },
): Promise<void> {
  await forTeam(teamId, (tx) =>
    tx
      .update(recordings)
      .set(found)
      .where(and(eq(recordings.callId, callId), ne(recordings.state, 'deleted'))),
  );
}

/** The recording of a call of this team, or null. */
export async function findRecording(teamId: string, callId: string): Promise<RecordingRow | null> {
  const [row] = await forTeam(teamId, (tx) => tx.select().from(recordings).where(eq(recordings.callId, callId)));
  return row ?? null;
}
