import type { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import type { Link, MadeLink, newTalkLinkSchema } from '#src/lib/links/link.ts';
import { findAssistant } from '#src/server/assistants/assistant-rows.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { listLinks, makeLink } from '#src/server/links/links.ts';
import type { Actor } from '#src/server/teams/actor.ts';

/** A link with which someone without an account calls an assistant. Throws `not-found`, or `not-published` (409). */
export async function makeTalkLink(
  actor: Actor,
  assistantId: string,
  input: z.output<typeof newTalkLinkSchema>,
): Promise<MadeLink> {
  const assistant = await forTeam(actor.teamId, (tx) => findAssistant(tx, assistantId));
  if (assistant.publishedVersion === null)
    throw new AppError('not-published', 'This assistant was never published.', {
      status: 409,
      hint: 'A tester link calls the published version: publish the assistant, then make the link.',
    });
  return makeLink(actor, { kind: 'talk', subjectId: assistantId, ...input });
}

/** The tester links of an assistant, the newest first. Throws `not-found`. */
export async function listTalkLinks(teamId: string, assistantId: string): Promise<Link[]> {
  await forTeam(teamId, (tx) => findAssistant(tx, assistantId));
  return listLinks(teamId, 'talk', assistantId);
}
