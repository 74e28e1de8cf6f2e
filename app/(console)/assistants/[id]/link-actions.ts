'use server';
import type { z } from 'zod';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type MadeLink, newTalkLinkSchema } from '#src/lib/links/link.ts';
import { revokeLink } from '#src/server/links/links.ts';
import { makeTalkLink } from '#src/server/links/talk-links.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { requireMember } from '#src/server/teams/session.ts';

export async function makeTalkLinkAction(
  assistantId: string,
  input: z.input<typeof newTalkLinkSchema>,
): Promise<ActionResult<MadeLink>> {
  return runAction(async () => makeTalkLink(await actor(), String(assistantId), newTalkLinkSchema.parse(input)));
}

export async function revokeTalkLinkAction(linkId: string): Promise<ActionResult> {
  return runAction(async () => {
    await revokeLink(await actor(), String(linkId));
    return null;
  });
}

async function actor(): Promise<Actor> {
  const { teamId, role, userName, userId } = await requireMember('call:share');
  return { teamId, role, name: userName, userId };
}
