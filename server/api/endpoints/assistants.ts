import { z } from 'zod';
import { assistantConfigSchema, assistantSchema } from '#src/lib/assistants/assistant-config.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { pageSchema } from '#src/server/api/page.ts';
import { listAssistants, readAssistant } from '#src/server/assistants/read-assistants.ts';
import { resetDemo } from '#src/server/assistants/seed-demo.ts';
import {
  createAssistant,
  deleteAssistant,
  publishAssistant,
  saveDraft,
} from '#src/server/assistants/write-assistants.ts';

/** A part of the configuration; nothing that is left out is reset to its default. */
const patchSchema = z.object(assistantConfigSchema.shape).partial();
const changesSchema = z.record(z.string(), z.unknown());

export const assistantEndpoints = [
  endpoint({
    method: 'GET',
    path: '/assistants',
    summary: 'The assistants of the team.',
    action: 'assistant:read',
    answer: pageSchema(assistantSchema),
    handle: async ({ actor }) => ({ items: await listAssistants(actor.teamId), next: null }),
  }),
  endpoint({
    method: 'POST',
    path: '/assistants',
    summary: 'Makes an assistant with a draft.',
    action: 'assistant:write',
    body: assistantConfigSchema,
    answer: assistantSchema,
    status: 201,
    handle: ({ actor, body }) => createAssistant(actor.teamId, body),
  }),
  endpoint({
    method: 'GET',
    path: '/assistants/{id}',
    summary: 'One assistant with its draft.',
    action: 'assistant:read',
    answer: assistantSchema,
    handle: ({ actor, params }) => readAssistant(actor.teamId, params.id ?? ''),
  }),
  endpoint({
    method: 'PATCH',
    path: '/assistants/{id}',
    summary: 'Changes the draft; fields that are left out stay.',
    action: 'assistant:write',
    body: changesSchema,
    answer: assistantSchema,
    handle: async ({ actor, params, body }) => {
      const before = await readAssistant(actor.teamId, params.id ?? '');
      patchSchema.parse(body);
      return saveDraft(actor.teamId, before.id, assistantConfigSchema.parse({ ...before.draft, ...body }));
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/assistants/{id}',
    summary: 'Deletes an assistant; its calls stay.',
    action: 'assistant:write',
    handle: ({ actor, params }) => deleteAssistant(actor.teamId, params.id ?? ''),
  }),
  endpoint({
    method: 'POST',
    path: '/assistants/{id}/publish',
    summary: 'Freezes the draft as the next version.',
    action: 'assistant:publish',
    answer: assistantSchema,
    handle: ({ actor, params }) => publishAssistant(actor.teamId, params.id ?? '', actor.name),
  }),
  endpoint({
    method: 'POST',
    path: '/demo/reset',
    summary: 'Brings the demo assistant, its servers and their data back to how they began.',
    action: 'demo:reset',
    handle: ({ actor }) => resetDemo(actor.teamId),
  }),
];
