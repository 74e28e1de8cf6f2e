import { z } from 'zod';
import { followUpSchema } from '#src/lib/follow-ups/follow-up.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { pageSchema } from '#src/server/api/page.ts';
import { finishFollowUp, listFollowUps, reopenFollowUp } from '#src/server/follow-ups/follow-ups.ts';

export const followUpEndpoints = [
  endpoint({
    method: 'GET',
    path: '/follow-ups',
    summary: 'What people of the team have to do because a call could not: the open ones first, each newest first.',
    action: 'call:read',
    query: z.object({
      callId: z.string().optional(),
      state: z.enum(['open', 'done']).optional(),
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: pageSchema(followUpSchema),
    handle: ({ actor, query: { state, ...filter } }) =>
      listFollowUps(actor.teamId, { ...filter, open: state === undefined ? undefined : state === 'open' }),
  }),
  endpoint({
    method: 'POST',
    path: '/follow-ups/{id}/done',
    summary: 'Notes that it was done, and by whom.',
    action: 'call:control',
    answer: followUpSchema,
    handle: ({ actor, params }) => finishFollowUp(actor, params.id ?? ''),
  }),
  endpoint({
    method: 'POST',
    path: '/follow-ups/{id}/reopen',
    summary: 'Takes that back.',
    action: 'call:control',
    answer: followUpSchema,
    handle: ({ actor, params }) => reopenFollowUp(actor, params.id ?? ''),
  }),
];
