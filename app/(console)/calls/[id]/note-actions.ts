'use server';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { labelSchema, newCommentSchema } from '#src/lib/calls/annotation.ts';
import { addComment, addLabel, deleteComment, removeLabel } from '#src/server/calls/annotations.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { requireMember } from '#src/server/teams/session.ts';

export async function addLabelAction(callId: string, label: string): Promise<ActionResult> {
  return runAction(async () => {
    await addLabel(await actor(), callId, labelSchema.parse(label));
    return null;
  });
}

export async function removeLabelAction(callId: string, label: string): Promise<ActionResult> {
  return runAction(async () => {
    await removeLabel(await actor(), callId, label);
    return null;
  });
}

export async function addCommentAction(callId: string, text: string, at: number | null): Promise<ActionResult> {
  return runAction(async () => {
    await addComment(await actor(), callId, newCommentSchema.parse({ text, at }));
    return null;
  });
}

export async function deleteCommentAction(callId: string, id: string, deleted: boolean): Promise<ActionResult> {
  return runAction(async () => {
    await deleteComment(await actor(), callId, id, deleted);
    return null;
  });
}

async function actor(): Promise<Actor> {
  const { teamId, role, userName, userId } = await requireMember('call:annotate');
  return { teamId, role, name: userName, userId };
}
