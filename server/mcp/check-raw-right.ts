import { AppError } from '#src/lib/app-error.ts';
import type { RestDialect } from '#src/lib/mcp/mcp-server.ts';
import { may, type Role } from '#src/lib/teams/rights.ts';
import { readServer } from '#src/server/mcp/list-servers.ts';

/**
 * A raw query can ask a server for anything, so only an admin lets assistants send one. Throws `forbidden` when another role
 * switches it on; what is on already stays on under anyone's hand.
 */
export async function checkRawRight(
  actor: { teamId: string; role: Role },
  serverId: string | null,
  rest: Partial<RestDialect> | undefined,
): Promise<void> {
  if (rest?.rawForAssistants !== true || may(actor.role, 'server:raw')) return;
  const before = serverId === null ? null : await readServer(actor.teamId, serverId);
  if (before?.rest?.rawForAssistants) return;
  throw new AppError('forbidden', 'Only an admin lets assistants send raw queries and actions.', {
    status: 403,
    hint: 'Map the queries you need as tools, or ask an admin.',
  });
}
