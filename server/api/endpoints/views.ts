import { z } from 'zod';
import { savedViewSchema, viewNameSchema } from '#src/lib/calls/saved-view.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { deleteView, listViews, renameView, saveView } from '#src/server/calls/saved-views.ts';

const querySchema = z.string().max(4_000);

export const viewEndpoints = [
  endpoint({
    method: 'GET',
    path: '/views',
    summary: 'The kept ways to look at the list of calls, by name.',
    action: 'call:read',
    answer: z.object({ items: z.array(savedViewSchema) }),
    handle: async ({ actor }) => ({ items: await listViews(actor.teamId) }),
  }),
  endpoint({
    method: 'POST',
    path: '/views',
    summary: 'Keeps a view: `query` is what stands in the address of the list, such as `flag=any&since=day`.',
    action: 'call:annotate',
    body: z.object({ name: viewNameSchema, query: querySchema }),
    answer: savedViewSchema,
    status: 201,
    handle: ({ actor, body }) => saveView(actor, body),
  }),
  endpoint({
    method: 'PATCH',
    path: '/views/{id}',
    summary: 'Gives a view another name.',
    action: 'call:annotate',
    body: z.object({ name: viewNameSchema }),
    answer: savedViewSchema,
    handle: ({ actor, params, body }) => renameView(actor, params.id ?? '', body.name),
  }),
  endpoint({
    method: 'DELETE',
    path: '/views/{id}',
    summary: 'Deletes a view, and answers what it was.',
    action: 'call:annotate',
    answer: savedViewSchema,
    handle: ({ actor, params }) => deleteView(actor, params.id ?? ''),
  }),
];
