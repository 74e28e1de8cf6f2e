import { saveServerAction, startOAuthAction } from '#src/app/(console)/servers/actions.ts';
import type { ConnectActions } from '#src/components/servers/connect-server.tsx';
import { config } from '#src/server/config.ts';

/** What the form of a server needs, on each page that has one. */
export function connectActions(): ConnectActions {
  return { save: saveServerAction, startOAuth: startOAuthAction, mayStdio: config().allowStdio };
}
