import { z } from 'zod';
import { noticeSchema } from '#src/lib/notices/notice.ts';
import { newWebhookSchema, webhookInputSchema, webhookSchema } from '#src/lib/notices/webhook.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { pageSchema } from '#src/server/api/page.ts';
import { forTeam } from '#src/server/db/for-team.ts';
import { listNotices, markNoticesSeen } from '#src/server/notices/read-notices.ts';
import { createWebhook, deleteWebhook, listWebhooks } from '#src/server/notices/webhooks.ts';
import { writeAudit } from '#src/server/teams/audit.ts';

export const noticeEndpoints = [
  endpoint({
    method: 'GET',
    path: '/notices',
    summary:
      'What the team should know of, newest first: servers that went down or came back, definitions that changed.',
    action: 'server:read',
    query: z.object({ after: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    answer: pageSchema(noticeSchema),
    handle: ({ actor, query }) => listNotices(actor.teamId, query),
  }),
  endpoint({
    method: 'POST',
    path: '/notices/seen',
    summary: 'Marks notices as seen: those named, or all.',
    action: 'server:write',
    body: z.object({ ids: z.array(z.string()).max(1_000).optional() }),
    handle: ({ actor, body }) => markNoticesSeen(actor.teamId, body.ids),
  }),
  endpoint({
    method: 'GET',
    path: '/webhooks',
    summary: 'The addresses that are told of notices.',
    action: 'token:write',
    answer: pageSchema(webhookSchema),
    handle: async ({ actor }) => ({ items: await listWebhooks(actor.teamId), next: null }),
  }),
  endpoint({
    method: 'POST',
    path: '/webhooks',
    summary: 'Adds an address that is told of notices. The secret that signs each request is shown this once.',
    action: 'token:write',
    body: webhookInputSchema,
    answer: newWebhookSchema,
    status: 201,
    handle: async ({ actor, body }) => {
      const made = await createWebhook(actor.teamId, body);
      await forTeam(actor.teamId, (tx) => writeAudit(tx, actor, 'create-webhook', made.id));
      return made;
    },
  }),
  endpoint({
    method: 'DELETE',
    path: '/webhooks/{id}',
    summary: 'Removes a webhook.',
    action: 'token:write',
    handle: async ({ actor, params }) => {
      await deleteWebhook(actor.teamId, params.id ?? '');
      await forTeam(actor.teamId, (tx) => writeAudit(tx, actor, 'delete-webhook', params.id ?? ''));
    },
  }),
];
