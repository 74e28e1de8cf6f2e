import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import { type Assistant, type AssistantConfig, assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { findAssistant, findVersion, shownAssistant } from '#src/server/assistants/assistant-rows.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { assistants, assistantVersions } from '#src/server/db/schema.ts';

/** The assistants of a team, oldest first. */
export async function listAssistants(teamId: string): Promise<Assistant[]> {
  return forTeam(teamId, async (tx) => {
    const rows = await tx
      .select({ row: assistants, published: assistantVersions })
      .from(assistants)
      .leftJoin(
        assistantVersions,
        and(
          eq(assistantVersions.assistantId, assistants.id),
          eq(assistantVersions.version, assistants.publishedVersion),
        ),
      )
      .where(isNull(assistants.deletedAt))
      .orderBy(asc(assistants.createdAt), asc(assistants.id));
    return rows.map(({ row, published }) => shownAssistant(row, published));
  });
}

/** One assistant. Throws `not-found`. */
export async function readAssistant(teamId: string, assistantId: string): Promise<Assistant> {
  return forTeam(teamId, async (tx) => {
    const row = await findAssistant(tx, assistantId);
    return shownAssistant(
      row,
      row.publishedVersion === null ? null : await findVersion(tx, assistantId, row.publishedVersion),
    );
  });
}

export type ListedVersion = { version: number; createdAt: string; createdBy: string | null };

/** The published versions of an assistant, newest first. */
export async function listVersions(teamId: string, assistantId: string): Promise<ListedVersion[]> {
  const rows = await forTeam(teamId, async (tx) => {
    await findAssistant(tx, assistantId);
    return tx
      .select()
      .from(assistantVersions)
      .where(eq(assistantVersions.assistantId, assistantId))
      .orderBy(desc(assistantVersions.version));
  });
  return rows.map((row) => ({
    version: row.version,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
  }));
}

/** What was published as this version. Throws `not-found`. */
export async function readVersion(teamId: string, assistantId: string, version: number): Promise<AssistantConfig> {
  const row = await forTeam(teamId, (tx) => findVersion(tx, assistantId, version));
  return assistantConfigSchema.parse(row.config);
}
