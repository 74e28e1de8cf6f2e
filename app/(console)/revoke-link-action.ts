'use server';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { revokeLink } from '#src/server/links/links.ts';
import { requireActor } from '#src/server/teams/session.ts';

/** Takes a link back, of a call or of an assistant. */
export async function revokeLinkAction(linkId: string): Promise<ActionResult> {
  return runAction(async () => {
    await revokeLink(await requireActor('call:share'), String(linkId));
    return null;
  });
}
