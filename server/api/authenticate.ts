import { AppError } from '#src/lib/app-error.ts';
import { type Action, may } from '#src/lib/teams/rights.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { actorOfToken } from '#src/server/teams/api-tokens.ts';
import { auth } from '#src/server/teams/auth.ts';
import { membershipOf } from '#src/server/teams/membership.ts';

/**
 * Who asks, and may they: a bearer API token, or the session of a browser (then a change must come from our own pages).
 * Throws `unauthenticated`, `forbidden` or `foreign-origin`.
 */
export async function authenticate(request: Request, action: Action): Promise<Actor> {
  const bearer = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const actor = bearer === undefined ? await actorOfSession(request) : await actorOfToken(bearer);
  if (!actor)
    throw new AppError(
      'unauthenticated',
      bearer === undefined ? 'Sign in, or send an API token.' : 'This API token is not valid.',
      {
        status: 401,
        hint: 'Send `Authorization: Bearer …` with a token from the settings or from `npx patchbay token create`.',
      },
    );
  if (!may(actor.role, action))
    throw new AppError('forbidden', `The role ${actor.role} may not do this.`, {
      status: 403,
      hint: 'Use a token or an account with another role.',
    });
  return actor;
}

async function actorOfSession(request: Request): Promise<Actor | null> {
  const session = await auth().api.getSession({ headers: request.headers });
  if (!session) return null;
  if (request.method !== 'GET' && request.method !== 'HEAD' && !comesFromUs(request))
    throw new AppError('foreign-origin', 'This request came from another site.', {
      status: 403,
      hint: 'Use the pages of Patchbay, or an API token.',
    });
  const membership = await membershipOf(session.user.id, session.session.activeOrganizationId);
  return membership
    ? { teamId: membership.teamId, role: membership.role, name: session.user.name, userId: session.user.id }
    : null;
}

/** Browsers name the origin on every change; its host must be the one that was asked. */
function comesFromUs(request: Request): boolean {
  const origin = request.headers.get('origin');
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  return origin !== null && URL.canParse(origin) && new URL(origin).host === host;
}
