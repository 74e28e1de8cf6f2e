import { and, asc, count, desc, eq, isNull, ne } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import type { Annotations, CallComment } from '#src/lib/calls/annotation.ts';
import { findCall } from '#src/server/calls/read-calls.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { callComments, callLabels } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';

const mostSuggestions = 20;
const mostLabels = 20;

/** What people put on a call and said of it. Throws `not-found`. */
export async function readAnnotations(actor: Reader, callId: string): Promise<Annotations> {
  return forTeam(actor.teamId, async (tx) => {
    await findCall(tx, callId);
    const labels = await labelsOf(tx, callId);
    const used = await tx
      .select({ label: callLabels.label, calls: count() })
      .from(callLabels)
      .where(ne(callLabels.callId, callId))
      .groupBy(callLabels.label)
      .orderBy(desc(count()), asc(callLabels.label))
      .limit(mostSuggestions + labels.length);
    const comments = await tx
      .select()
      .from(callComments)
      .where(and(eq(callComments.callId, callId), isNull(callComments.deletedAt)))
      .orderBy(asc(callComments.createdAt));
    return {
      labels,
      suggestions: used.map(({ label }) => label).filter((label) => !labels.includes(label)),
      comments: comments.map((row) => commentOf(row, actor)),
    };
  });
}

/** Puts a label on a call; twice is once. Throws `not-found`, or `too-many-labels`. */
export async function addLabel(actor: Actor, callId: string, label: string): Promise<void> {
  await forTeam(actor.teamId, async (tx) => {
    await findCall(tx, callId);
    const labels = await labelsOf(tx, callId);
    if (labels.length >= mostLabels && !labels.includes(label))
      throw new AppError('too-many-labels', `A call has ${mostLabels} labels at most.`, {
        status: 409,
        hint: 'Take one off first.',
      });
    await tx
      .insert(callLabels)
      .values({ callId, label, teamId: actor.teamId, createdBy: actor.userId })
      .onConflictDoNothing();
  });
}

/** Takes a label off; one that is not there is gone already. Throws `not-found`. */
export async function removeLabel(actor: Actor, callId: string, label: string): Promise<void> {
  await forTeam(actor.teamId, async (tx) => {
    await findCall(tx, callId);
    await tx.delete(callLabels).where(and(eq(callLabels.callId, callId), eq(callLabels.label, label)));
  });
}

/** Says something of a call, or of a moment of it. Throws `not-found`. */
export async function addComment(
  actor: Actor,
  callId: string,
  { text, at }: { text: string; at: number | null },
): Promise<CallComment> {
  return forTeam(actor.teamId, async (tx) => {
    await findCall(tx, callId);
    const [row] = await tx
      .insert(callComments)
      .values({
        id: newId('cmt'),
        teamId: actor.teamId,
        callId,
        at,
        text,
        authorId: actor.userId,
        authorName: actor.name,
      })
      .returning();
    if (!row) throw notFound('call');
    return commentOf(row, actor);
  });
}

/** Changes the words of one's own comment. Throws `not-found`, also for one of somebody else. */
export async function changeComment(actor: Actor, callId: string, id: string, text: string): Promise<CallComment> {
  return commentOf(await update(actor, callId, id, { text }), actor);
}

/** Takes one's own comment away, or brings it back. Throws `not-found`, also for one of somebody else. */
export async function deleteComment(actor: Actor, callId: string, id: string, deleted: boolean): Promise<void> {
  await update(actor, callId, id, { deletedAt: deleted ? new Date() : null });
}

type Reader = Pick<Actor, 'teamId' | 'userId'>;
type Row = typeof callComments.$inferSelect;

async function update(actor: Actor, callId: string, id: string, change: Partial<Row>): Promise<Row> {
  // A program has no comments of its own to tell from those of others.
  if (actor.userId === null) throw notFound('comment');
  const own = and(eq(callComments.id, id), eq(callComments.callId, callId), eq(callComments.authorId, actor.userId));
  const [row] = await forTeam(actor.teamId, (tx) => tx.update(callComments).set(change).where(own).returning());
  if (!row) throw notFound('comment');
  return row;
}

async function labelsOf(tx: TeamTx, callId: string): Promise<string[]> {
  const rows = await tx
    .select({ label: callLabels.label })
    .from(callLabels)
    .where(eq(callLabels.callId, callId))
    .orderBy(asc(callLabels.createdAt), asc(callLabels.label));
  return rows.map(({ label }) => label);
}

function commentOf(row: Row, { userId }: Reader): CallComment {
  return {
    id: row.id,
    at: row.at,
    text: row.text,
    author: row.authorName,
    mine: userId !== null && row.authorId === userId,
    createdAt: row.createdAt.toISOString(),
  };
}
