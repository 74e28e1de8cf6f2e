import { and, eq, isNull, max, sql } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import { type Assistant, type AssistantConfig, assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { findAssistant } from '#src/server/assistants/assistant-rows.ts';
import { readAssistant } from '#src/server/assistants/read-assistants.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { assistants, assistantVersions } from '#src/server/db/schema.ts';

/** Makes an assistant with a draft; what is left out gets its default. */
export async function createAssistant(
  teamId: string,
  config: { name: string } & Partial<AssistantConfig>,
  options: { demo?: boolean } = {},
): Promise<Assistant> {
  const id = newId('asst');
  const draft = assistantConfigSchema.parse(config);
  await forTeam(teamId, (tx) =>
    tx.insert(assistants).values({ id, teamId, name: draft.name, draft, demo: options.demo ?? false }),
  );
  return readAssistant(teamId, id);
}

/**
 * Saves the draft. With `ifSavedAt` only when nobody saved since: else it throws `draft-conflict`, and nothing is lost on either side.
 */
export async function saveDraft(
  teamId: string,
  assistantId: string,
  config: AssistantConfig,
  options: { ifSavedAt?: string | undefined } = {},
): Promise<Assistant> {
  const draft = assistantConfigSchema.parse(config);
  await forTeam(teamId, async (tx) => {
    await findAssistant(tx, assistantId);
    const unchanged =
      options.ifSavedAt === undefined
        ? undefined
        : sql`date_trunc('milliseconds', ${assistants.draftSavedAt}) = ${options.ifSavedAt}::timestamptz`;
    const rows = await tx
      .update(assistants)
      .set({ draft, name: draft.name, draftSavedAt: new Date() })
      .where(and(eq(assistants.id, assistantId), unchanged))
      .returning({ id: assistants.id });
    if (rows.length === 0)
      throw new AppError('draft-conflict', 'Someone else saved this assistant in the meantime.', {
        status: 409,
        hint: 'Copy what you changed, reload the page, and put it in again.',
      });
  });
  return readAssistant(teamId, assistantId);
}

/** Freezes the draft as the next version, which API calls then use. */
export async function publishAssistant(teamId: string, assistantId: string, by: string | null): Promise<Assistant> {
  await forTeam(teamId, async (tx) => {
    const row = await findAssistant(tx, assistantId);
    await tx.execute(sql`select 1 from assistants where id = ${assistantId} for update`);
    const [newest] = await tx
      .select({ version: max(assistantVersions.version) })
      .from(assistantVersions)
      .where(eq(assistantVersions.assistantId, assistantId));
    const version = (newest?.version ?? 0) + 1;
    await tx.insert(assistantVersions).values({ teamId, assistantId, version, config: row.draft, createdBy: by });
    await tx.update(assistants).set({ publishedVersion: version }).where(eq(assistants.id, assistantId));
  });
  return readAssistant(teamId, assistantId);
}

/** A second assistant with the same draft, unpublished. */
export async function duplicateAssistant(teamId: string, assistantId: string): Promise<Assistant> {
  const { draft } = await readAssistant(teamId, assistantId);
  return createAssistant(teamId, { ...draft, name: `${draft.name} copy`.slice(0, 80) });
}

/** Deletes an assistant; its calls stay, and it can be restored. */
export async function deleteAssistant(teamId: string, assistantId: string): Promise<void> {
  await forTeam(teamId, async (tx) => {
    await findAssistant(tx, assistantId);
    await tx
      .update(assistants)
      .set({ deletedAt: new Date() })
      .where(and(eq(assistants.id, assistantId), isNull(assistants.deletedAt)));
  });
}

/** Takes a deletion back. Throws `not-found`. */
export async function restoreAssistant(teamId: string, assistantId: string): Promise<void> {
  const rows = await forTeam(teamId, (tx) =>
    tx
      .update(assistants)
      .set({ deletedAt: null })
      .where(eq(assistants.id, assistantId))
      .returning({ id: assistants.id }),
  );
  if (rows.length === 0) throw notFound('assistant');
}
