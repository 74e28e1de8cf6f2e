import { and, desc, eq, isNull } from 'drizzle-orm';
import { notFound } from '#src/lib/app-error.ts';
import { type Assistant, type AssistantConfig, assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { assistants, assistantVersions } from '#src/server/db/schema.ts';
import { canonicalJson } from '#src/server/mcp/definition-hash.ts';

export type AssistantRow = typeof assistants.$inferSelect;
export type VersionRow = typeof assistantVersions.$inferSelect;

/** An assistant of this team that is not deleted. Throws `not-found`. */
export async function findAssistant(tx: TeamTx, assistantId: string): Promise<AssistantRow> {
  const [row] = await tx
    .select()
    .from(assistants)
    .where(and(eq(assistants.id, assistantId), isNull(assistants.deletedAt)));
  if (!row) throw notFound('assistant');
  return row;
}

/** One published version. Throws `not-found`. */
export async function findVersion(tx: TeamTx, assistantId: string, version: number): Promise<VersionRow> {
  const [row] = await tx
    .select()
    .from(assistantVersions)
    .where(and(eq(assistantVersions.assistantId, assistantId), eq(assistantVersions.version, version)))
    .orderBy(desc(assistantVersions.version));
  if (!row) throw notFound('version');
  return row;
}

/** The row and its newest version as they are shown. */
export function shownAssistant(row: AssistantRow, published: VersionRow | null): Assistant {
  return {
    id: row.id,
    name: row.name,
    draft: assistantConfigSchema.parse(row.draft),
    draftSavedAt: row.draftSavedAt.toISOString(),
    publishedVersion: row.publishedVersion,
    publishedAt: published?.createdAt.toISOString() ?? null,
    changed: published === null || !sameConfig(row.draft, published.config),
    createdAt: row.createdAt.toISOString(),
  };
}

const sameConfig = (a: AssistantConfig, b: AssistantConfig): boolean =>
  canonicalJson(assistantConfigSchema.parse(a)) === canonicalJson(assistantConfigSchema.parse(b));
