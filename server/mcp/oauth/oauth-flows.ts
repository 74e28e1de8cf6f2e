import { createHash } from 'node:crypto';
import { and, eq, gt, lt } from 'drizzle-orm';
import { AppError } from '#src/lib/app-error.ts';
import { config } from '#src/server/config.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { oauthFlows } from '#src/server/db/schema.ts';
import { type Pending, pendingSchema } from '#src/server/mcp/oauth/authorize.ts';
import { seal, unseal } from '#src/server/secrets/seal.ts';

const flowMs = 10 * 60_000;

type Flow = { serverId: string; userId: string | null; state: string; pending: Pending };

const flowId = (state: string): string => createHash('sha256').update(state).digest('hex');

/** Keeps an authorization for ten minutes, until the browser comes back with its `state`. */
export async function keepFlow(teamId: string, { serverId, userId, state, pending }: Flow): Promise<void> {
  const id = flowId(state);
  const sealed = seal(config().secretKey, `${teamId}/${id}`, JSON.stringify(pending));
  await forTeam(teamId, async (tx) => {
    await tx.delete(oauthFlows).where(lt(oauthFlows.expiresAt, new Date()));
    const expiresAt = new Date(Date.now() + flowMs);
    await tx.insert(oauthFlows).values({ id, teamId, serverId, userId, sealed, expiresAt });
  });
}

/** Used up by whom it belongs to; someone else's attempt leaves it as it is. Throws `oauth-flow-unknown`. */
export async function takeFlow(
  teamId: string,
  userId: string,
  state: string,
): Promise<{ serverId: string; pending: Pending }> {
  const id = flowId(state);
  const [flow] = await forTeam(teamId, (tx) =>
    tx
      .delete(oauthFlows)
      .where(and(eq(oauthFlows.id, id), eq(oauthFlows.userId, userId), gt(oauthFlows.expiresAt, new Date())))
      .returning(),
  );
  if (!flow) throw flowUnknown();
  const pending = pendingSchema.parse(JSON.parse(unseal(config().secretKey, `${teamId}/${id}`, flow.sealed)));
  return { serverId: flow.serverId, pending };
}

/** The answer for a state that is another's, used, or too old. */
export const flowUnknown = () =>
  new AppError('oauth-flow-unknown', 'This sign-in is not yours, was used already, or took longer than ten minutes.', {
    status: 404,
    hint: 'Start it again on the page of the server.',
  });
