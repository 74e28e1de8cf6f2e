import { eq } from 'drizzle-orm';
import { callView } from '#src/lib/calls/call-view.ts';
import { findFlags } from '#src/lib/flags/find-flags.ts';
import { readAllEvents } from '#src/server/calls/event-log.ts';
import { foldCall } from '#src/server/calls/fold-call.ts';
import { finishRecording } from '#src/server/calls/recording/finish-recording.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { calls } from '#src/server/db/schema.ts';

/**
 * Looks at a call that is over: what is broken in it by its log, then its recording, then again with what was heard.
 * Doing it twice gives the same. Throws AppError `still-recording` or `files-away`: then the flags of the log are there.
 */
export async function reviewCall(teamId: string, callId: string): Promise<void> {
  const events = await readAllEvents(teamId, callId);
  // What was found while all of it was there stays.
  if (events.some(({ type }) => type === 'payload-erased')) return;
  const view = callView(events);
  if (!view.ending) return;
  await foldCall(teamId, callId, events, view);
  const write = (found: Partial<typeof calls.$inferInsert>) =>
    forTeam(teamId, (tx) => tx.update(calls).set(found).where(eq(calls.id, callId)));
  const codes = (flags: ReturnType<typeof findFlags>) => [...new Set(flags.map((flag) => flag.code))];
  await write({ flags: codes(findFlags({ view, heard: null })) });
  const heard = await finishRecording(teamId, callId, view);
  if (!heard) return;
  const waits = heard.replies.map(({ ms }) => ms);
  await write({
    flags: codes(findFlags({ view, heard })),
    heardReplyMs: waits.length === 0 ? null : Math.max(...waits),
  });
}
