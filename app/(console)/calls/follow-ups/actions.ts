'use server';
import { revalidatePath } from 'next/cache';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { finishFollowUp, reopenFollowUp } from '#src/server/follow-ups/follow-ups.ts';
import { requireActor } from '#src/server/teams/session.ts';

export async function finishFollowUpAction(id: string): Promise<ActionResult> {
  return runAction(async () => {
    await finishFollowUp(await requireActor('call:control'), id);
    // The count in the rail stands on every page.
    revalidatePath('/', 'layout');
    return null;
  });
}

export async function reopenFollowUpAction(id: string): Promise<ActionResult> {
  return runAction(async () => {
    await reopenFollowUp(await requireActor('call:control'), id);
    revalidatePath('/', 'layout');
    return null;
  });
}
