'use server';
import type { z } from 'zod';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type MadeLink, newTalkLinkSchema } from '#src/lib/links/link.ts';
import { makeTalkLink } from '#src/server/links/talk-links.ts';
import { requireActor } from '#src/server/teams/session.ts';

export async function makeTalkLinkAction(
  assistantId: string,
  input: z.input<typeof newTalkLinkSchema>,
): Promise<ActionResult<MadeLink>> {
  return runAction(async () =>
    makeTalkLink(await requireActor('call:share'), String(assistantId), newTalkLinkSchema.parse(input)),
  );
}
