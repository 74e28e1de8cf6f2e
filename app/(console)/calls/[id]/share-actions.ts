'use server';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type MadeLink, newShareLinkSchema } from '#src/lib/links/link.ts';
import { shareCall } from '#src/server/links/share-call.ts';
import { requireActor } from '#src/server/teams/session.ts';

export async function shareCallAction(callId: string, input: unknown): Promise<ActionResult<MadeLink>> {
  return runAction(async () => shareCall(await requireActor('call:share'), callId, newShareLinkSchema.parse(input)));
}
