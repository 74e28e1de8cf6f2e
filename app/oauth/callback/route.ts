import { isAppError } from '#src/lib/app-error.ts';
import { may } from '#src/lib/teams/rights.ts';
import { config } from '#src/server/config.ts';
import { finishOAuth } from '#src/server/mcp/oauth/connect-server.ts';
import { currentMember } from '#src/server/teams/session.ts';

/** Where an authorization server sends a person back to: takes the code and goes on to the page of the server. */
export async function GET(request: Request): Promise<Response> {
  const member = await currentMember();
  const { pathname, search, searchParams: came } = new URL(request.url);
  const value = (name: string) => came.get(name) ?? undefined;
  if (!member) return goTo(`/sign-in?then=${encodeURIComponent(pathname + search)}`);
  if (!may(member.role, 'server:write')) return goTo('/servers?oauth=forbidden');
  try {
    const { serverId, ok, steps } = await finishOAuth(member.teamId, member.userId, {
      state: value('state') ?? '',
      code: value('code'),
      iss: value('iss'),
      error: value('error'),
    });
    const failed = steps.find((step) => step.state === 'failed')?.error?.code ?? 'oauth-refused';
    return goTo(`/servers/${encodeURIComponent(serverId)}?oauth=${ok ? 'done' : failed}`);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return goTo(`/servers?oauth=${encodeURIComponent(error.code)}`);
  }
}

/** The code is in the address that the browser shows now: nothing keeps it, and nobody is told of it. */
function goTo(path: string): Response {
  return new Response(null, {
    status: 303,
    headers: {
      location: new URL(path, config().publicUrl).href,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    },
  });
}
