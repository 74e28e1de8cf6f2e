'use server';
import { runAction } from '#src/app/run-action.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type SavedView, savedViewSchema } from '#src/lib/calls/saved-view.ts';
import { deleteView, renameView, restoreView, saveView } from '#src/server/calls/saved-views.ts';
import { requireActor } from '#src/server/teams/session.ts';

export async function saveViewAction(name: string, query: string): Promise<ActionResult<SavedView>> {
  return runAction(async () =>
    saveView(await requireActor('call:annotate'), { name: String(name), query: String(query).slice(0, 4_000) }),
  );
}

export async function renameViewAction(id: string, name: string): Promise<ActionResult<SavedView>> {
  return runAction(async () => renameView(await requireActor('call:annotate'), String(id), name));
}

export async function deleteViewAction(id: string): Promise<ActionResult<SavedView>> {
  return runAction(async () => deleteView(await requireActor('call:annotate'), String(id)));
}

export async function restoreViewAction(view: SavedView): Promise<ActionResult<SavedView>> {
  return runAction(async () => restoreView(await requireActor('call:annotate'), savedViewSchema.parse(view)));
}
