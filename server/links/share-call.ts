import { AppError } from '#src/lib/app-error.ts';
import type { Call } from '#src/lib/calls/call.ts';
import type { Link, LinkOptions, MadeLink } from '#src/lib/links/link.ts';
import { readCall } from '#src/server/calls/read-calls.ts';
import { listLinks, makeLink } from '#src/server/links/links.ts';
import type { Actor } from '#src/server/teams/actor.ts';

/** A link under which one call can be read without signing in. Throws `not-found`, and `call-not-over` while the call goes on. */
export async function shareCall(
  actor: Actor,
  callId: string,
  input: { name: string; hours: number; options: LinkOptions },
): Promise<MadeLink> {
  requireOver(await readCall(actor.teamId, callId));
  return makeLink(actor, { kind: 'call', subjectId: callId, ...input });
}

/** The share links of a call, the newest first. Throws `not-found`. */
export async function listShareLinks(teamId: string, callId: string): Promise<Link[]> {
  await readCall(teamId, callId);
  return listLinks(teamId, 'call', callId);
}

/** What is not over could say tomorrow what nobody wanted to share today. */
export function requireOver({ status }: Call): void {
  if (status === 'placed' || status === 'live')
    throw new AppError('call-not-over', 'This call still goes on.', {
      status: 409,
      retryable: true,
      hint: 'Share it when it is over.',
    });
}
