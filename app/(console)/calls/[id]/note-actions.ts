'use server';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { labelSchema, newCommentSchema } from '#src/lib/calls/annotation.ts';
import { addComment, addLabel, deleteComment, removeLabel } from '#src/server/calls/annotations.ts';
import { requireActor } from '#src/server/teams/session.ts';

export async function addLabelAction(callId: string, label: string): Promise<ActionResult> {
  return runAction(async () => {
    await addLabel(await requireActor('call:annotate'), callId, labelSchema.parse(label));
    return null;
  });
}

export async function removeLabelAction(callId: string, label: string): Promise<ActionResult> {
  return runAction(async () => {
    await removeLabel(await requireActor('call:annotate'), callId, label);
    return null;
  });
}

export async function addCommentAction(callId: string, text: string, at: number | null): Promise<ActionResult> {
  return runAction(async () => {
    await addComment(await requireActor('call:annotate'), callId, newCommentSchema.parse({ text, at }));
    return null;
  });
}

export async function deleteCommentAction(callId: string, id: string, deleted: boolean): Promise<ActionResult> {
  return runAction(async () => {
    await deleteComment(await requireActor('call:annotate'), callId, id, deleted);
    return null;
  });
}
