import { and, asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { AppError, isAppError } from '#src/lib/app-error.ts';
import { typesWithContent, withoutContent } from '#src/lib/calls/call-content.ts';
import { type ContentKind, contentKinds } from '#src/lib/calls/call-content-kind.ts';
import { type CallEventData, callEventTypes } from '#src/lib/calls/call-event.ts';
import { appendCallEventIn } from '#src/server/calls/event-log.ts';
import { findCall } from '#src/server/calls/read-calls.ts';
import { readPayloads } from '#src/server/calls/read-payloads.ts';
import { deleteRecording } from '#src/server/calls/recording/delete-recording.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { callComments, callEventPayloads, callEvents, calls, callTexts, writeRequests } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { writeAudit } from '#src/server/teams/audit.ts';

/** Events that one tombstone tells of. */
const eventsAtOnce = 500;
const textKinds = { words: ['caller', 'agent'], tools: ['tool'] } as const;
const rowSchema = z.object({ seq: z.number(), type: z.enum(callEventTypes), data: z.looseObject({}) });

/** The id of the event that tells that content of this kind was erased: where it is, there is nothing more to do. */
export const erasedEventId = (callId: string, kind: ContentKind) => `${callId}-erased-${kind}`;

/**
 * Erases all content of a call that is over, because someone asked for it: recording, words, what tools were given and
 * answered, comments. That it happened stays, and the chain of the log still fits. Doing it again erases what came since.
 * Throws AppError `not-found`, `call-going` or `files-away`.
 */
export async function eraseCall(actor: Actor, callId: string): Promise<void> {
  const { teamId } = actor;
  await forTeam(teamId, (tx) => lockFinished(tx, callId));
  await deleteRecording(teamId, callId, 'asked').catch((error: unknown) => {
    // A call without a recording has none to delete.
    if (!isAppError(error) || error.code !== 'not-found') throw error;
  });
  await forTeam(teamId, async (tx) => {
    await lockFinished(tx, callId);
    for (const kind of contentKinds) await eraseKind(tx, teamId, callId, kind, 'asked');
    await tx.delete(callComments).where(eq(callComments.callId, callId));
    await tx.update(calls).set({ say: null }).where(eq(calls.id, callId));
    await writeAudit(tx, actor, 'call:erase', callId);
  });
}

/** Erases one kind of content of a call that is over, because it is too old to keep. Throws AppError `not-found` or `call-going`. */
export async function eraseOldContent(teamId: string, callId: string, kind: ContentKind): Promise<void> {
  await forTeam(teamId, async (tx) => {
    await lockFinished(tx, callId);
    await eraseKind(tx, teamId, callId, kind, 'too-old');
  });
}

/** Nobody else writes down what the call is found by while its content goes. */
async function lockFinished(tx: TeamTx, callId: string): Promise<void> {
  await tx.select({ id: calls.id }).from(calls).where(eq(calls.id, callId)).for('update');
  const { endedAt } = await findCall(tx, callId);
  if (!endedAt)
    throw new AppError('call-going', 'The call is still going on.', {
      status: 409,
      retryable: true,
      hint: 'End the call first.',
    });
}

async function eraseKind(
  tx: TeamTx,
  teamId: string,
  callId: string,
  what: ContentKind,
  why: CallEventData<'payload-erased'>['why'],
): Promise<void> {
  const events = await tx
    .select({ seq: callEvents.seq, type: callEvents.type })
    .from(callEvents)
    .where(and(eq(callEvents.callId, callId), inArray(callEvents.type, typesWithContent(what))))
    .orderBy(asc(callEvents.seq));
  const payloads = await readPayloads(tx, callId, events.at(0)?.seq ?? 0, events.at(-1)?.seq ?? 0);
  const rows = events
    .filter(({ seq }) => payloads.has(seq))
    .map((event) => ({ ...event, data: payloads.get(event.seq) }));
  const first = erasedEventId(callId, what);
  const known = await tx.$count(callEvents, and(eq(callEvents.callId, callId), eq(callEvents.eventId, first)));
  for (let from = 0; from < rows.length || from === 0; from += eventsAtOnce) {
    const some = rows.slice(from, from + eventsAtOnce).map((row) => rowSchema.parse(row));
    await appendCallEventIn(tx, teamId, callId, {
      id: from === 0 && known === 0 ? first : newId('evt'),
      type: 'payload-erased',
      at: null,
      data: { what, why, left: Object.fromEntries(some.map((row) => [row.seq, withoutContent(row.type, row.data)])) },
    });
    const seqs = some.map(({ seq }) => seq);
    await tx
      .delete(callEventPayloads)
      .where(and(eq(callEventPayloads.callId, callId), inArray(callEventPayloads.seq, seqs)));
  }
  await tx.delete(callTexts).where(and(eq(callTexts.callId, callId), inArray(callTexts.kind, [...textKinds[what]])));
  if (what === 'tools') await tx.update(writeRequests).set({ answer: null }).where(eq(writeRequests.callId, callId));
}
