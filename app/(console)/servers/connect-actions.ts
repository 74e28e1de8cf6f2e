import { saveServerAction, startOAuthAction } from '#src/app/(console)/servers/actions.ts';
import type { ConnectActions } from '#src/components/servers/connect-server.tsx';
import { may, type Role } from '#src/lib/teams/rights.ts';
import { config } from '#src/server/config.ts';

/** What the form of a server needs, on each page that has one. */
export function connectActions(role: Role): ConnectActions {
  return {
    save: saveServerAction,
    startOAuth: startOAuthAction,
    mayStdio: config().allowStdio,
    mayRaw: may(role, 'server:raw'),
  };
}
