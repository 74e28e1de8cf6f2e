'use server';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { eraseCall } from '#src/server/calls/erase-content.ts';
import { requireMember } from '#src/server/teams/session.ts';

export async function eraseCallAction(callId: string): Promise<ActionResult> {
  return runAction(async () => {
    const { teamId, role, userName: name, userId } = await requireMember('call:erase');
    await eraseCall({ teamId, role, name, userId }, callId);
    return null;
  });
}
