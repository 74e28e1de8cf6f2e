import { and, desc, eq, isNull } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import { mayGrant, type Role, roleSchema } from '#src/lib/teams/rights.ts';
import { connection } from '#src/server/db/connection.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { apiTokens } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';
import { writeAudit } from '#src/server/teams/audit.ts';
import { digestOf, newToken } from '#src/server/teams/tokens.ts';

export type ListedToken = {
  id: string;
  name: string;
  role: Role;
  hint: string;
  createdBy: string | null;
  createdAt: string;
  lastUsedAt: string | null;
};

/** Makes an API token; the token itself is in the answer and nowhere else. */
export async function createApiToken(
  actor: Actor,
  input: { name: string; role: Role },
): Promise<{ id: string; token: string }> {
  if (!mayGrant(actor.role, input.role))
    throw new AppError('forbidden', `Your role may not make ${input.role} tokens.`, { status: 403 });
  const { token, digest } = newToken('pb_');
  const id = newId('tok');
  await forTeam(actor.teamId, async (tx) => {
    await tx.insert(apiTokens).values({
      id,
      teamId: actor.teamId,
      name: input.name,
      role: input.role,
      digest,
      hint: token.slice(-4),
      createdBy: actor.name,
    });
    await writeAudit(tx, actor, 'token-created', id);
  });
  return { id, token };
}

/** The tokens of a team that still work, newest first. */
export async function listApiTokens(teamId: string): Promise<ListedToken[]> {
  const rows = await forTeam(teamId, (tx) =>
    tx.select().from(apiTokens).where(isNull(apiTokens.revokedAt)).orderBy(desc(apiTokens.createdAt)),
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    role: roleSchema.parse(row.role),
    hint: row.hint,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}

/** Ends a token at once. */
export async function revokeApiToken(actor: Actor, tokenId: string): Promise<void> {
  await forTeam(actor.teamId, async (tx) => {
    const rows = await tx
      .update(apiTokens)
      .set({ revokedAt: new Date() })
      .where(and(eq(apiTokens.id, tokenId), isNull(apiTokens.revokedAt)))
      .returning({ id: apiTokens.id });
    if (rows.length === 0) throw notFound('token');
    await writeAudit(tx, actor, 'token-revoked', tokenId);
  });
}

/** Whose token is this? Null for one that is unknown or revoked. */
export async function actorOfToken(token: string): Promise<Actor | null> {
  const digest = digestOf(token);
  const [found] = await connection().sql<{ team: string | null }[]>`select team_of_api_token(${digest}) as team`;
  const teamId = found?.team;
  if (!teamId) return null;
  const [row] = await forTeam(teamId, (tx) =>
    tx
      .update(apiTokens)
      .set({ lastUsedAt: new Date() })
      .where(and(eq(apiTokens.digest, digest), isNull(apiTokens.revokedAt)))
      .returning(),
  );
  return row ? { teamId, role: roleSchema.parse(row.role), name: row.name, userId: null } : null;
}
