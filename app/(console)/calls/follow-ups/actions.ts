'use server';
import { revalidatePath } from 'next/cache';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { finishFollowUp, reopenFollowUp } from '#src/server/follow-ups/follow-ups.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { requireMember } from '#src/server/teams/session.ts';

export async function finishFollowUpAction(id: string): Promise<ActionResult> {
  return runAction(async () => {
    await finishFollowUp(await actor(), id);
    // The count in the rail stands on every page.
    revalidatePath('/', 'layout');
    return null;
  });
}

export async function reopenFollowUpAction(id: string): Promise<ActionResult> {
  return runAction(async () => {
    await reopenFollowUp(await actor(), id);
    revalidatePath('/', 'layout');
    return null;
  });
}

async function actor(): Promise<Actor> {
  const { teamId, role, userName, userId } = await requireMember('call:control');
  return { teamId, role, name: userName, userId };
}
