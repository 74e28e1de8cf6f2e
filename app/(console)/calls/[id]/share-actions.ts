'use server';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type MadeLink, newShareLinkSchema } from '#src/lib/links/link.ts';
import { revokeLink } from '#src/server/links/links.ts';
import { shareCall } from '#src/server/links/share-call.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { requireMember } from '#src/server/teams/session.ts';

export async function shareCallAction(callId: string, input: unknown): Promise<ActionResult<MadeLink>> {
  return runAction(async () => shareCall(await actor(), callId, newShareLinkSchema.parse(input)));
}

export async function revokeShareAction(linkId: string): Promise<ActionResult> {
  return runAction(async () => {
    await revokeLink(await actor(), linkId);
    return null;
  });
}

async function actor(): Promise<Actor> {
  const { teamId, role, userName, userId } = await requireMember('call:share');
  return { teamId, role, name: userName, userId };
}
