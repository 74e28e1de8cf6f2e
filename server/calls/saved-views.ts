import { asc, eq } from 'drizzle-orm';
import { AppError, notFound } from '#src/lib/app-error.ts';
import { callFilterOf, callFilterQuery } from '#src/lib/calls/call-filter.ts';
import { type SavedView, viewNameSchema } from '#src/lib/calls/saved-view.ts';
import { forTeam, type TeamTx } from '#src/server/db/for-team.ts';
import { newId } from '#src/server/db/new-id.ts';
import { savedViews } from '#src/server/db/schema.ts';
import type { Actor } from '#src/server/teams/actor.ts';

const mostViews = 50;
const shown = { id: savedViews.id, name: savedViews.name, query: savedViews.query };

/** The kept views of a team, by name. */
export async function listViews(teamId: string): Promise<SavedView[]> {
  return forTeam(teamId, (tx) => tx.select(shown).from(savedViews).orderBy(asc(savedViews.name)));
}

/** Keeps a view. What is no filter in `query` is left out. Throws `name-taken`, `too-many` and ZodError. */
export async function saveView(actor: Actor, view: { name: string; query: string }): Promise<SavedView> {
  return insert(actor, { id: newId('view'), ...view });
}

/** Gives a view another name. Throws `not-found`, `name-taken` and ZodError. */
export async function renameView(actor: Actor, id: string, name: string): Promise<SavedView> {
  return forTeam(actor.teamId, async (tx) => {
    const wanted = viewNameSchema.parse(name);
    await checkFree(tx, wanted, id);
    const [view] = await tx.update(savedViews).set({ name: wanted }).where(eq(savedViews.id, id)).returning(shown);
    if (!view) throw notFound('view');
    return view;
  });
}

/** Deletes a view and answers what it was, for `restoreView`. Throws `not-found`. */
export async function deleteView(actor: Actor, id: string): Promise<SavedView> {
  const [view] = await forTeam(actor.teamId, (tx) =>
    tx.delete(savedViews).where(eq(savedViews.id, id)).returning(shown),
  );
  if (!view) throw notFound('view');
  return view;
}

/** Takes a deletion back. Throws `name-taken` when another view has the name by now. */
export async function restoreView(actor: Actor, view: SavedView): Promise<SavedView> {
  return insert(actor, view);
}

async function insert(actor: Actor, view: SavedView): Promise<SavedView> {
  const name = viewNameSchema.parse(view.name);
  const query = callFilterQuery(callFilterOf(Object.fromEntries(new URLSearchParams(view.query))));
  return forTeam(actor.teamId, async (tx) => {
    await checkFree(tx, name, view.id);
    if ((await tx.$count(savedViews)) >= mostViews)
      throw new AppError('too-many', `A team keeps ${mostViews} views at most.`, { hint: 'Delete one first.' });
    const kept = { id: view.id, name, query };
    await tx.insert(savedViews).values({ ...kept, teamId: actor.teamId, createdBy: actor.userId ?? actor.name });
    return kept;
  });
}

async function checkFree(tx: TeamTx, name: string, id: string): Promise<void> {
  const [other] = await tx.select({ id: savedViews.id }).from(savedViews).where(eq(savedViews.name, name));
  if (other && other.id !== id)
    throw new AppError('name-taken', `There is a view called “${name}” already.`, { hint: 'Choose another name.' });
}
