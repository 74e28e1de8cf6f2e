import { z } from 'zod';
import { linkSchema, madeLinkSchema, newShareLinkSchema } from '#src/lib/links/link.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { revokeLink } from '#src/server/links/links.ts';
import { listShareLinks, shareCall } from '#src/server/links/share-call.ts';

export const linkEndpoints = [
  endpoint({
    method: 'GET',
    path: '/calls/{id}/links',
    summary:
      'The share links of a call, the newest first, those that are over among them. Their secrets are not in here.',
    action: 'call:share',
    answer: z.object({ items: z.array(linkSchema) }),
    handle: async ({ actor, params }) => ({ items: await listShareLinks(actor.teamId, params.id ?? '') }),
  }),
  endpoint({
    method: 'POST',
    path: '/calls/{id}/links',
    summary:
      'A link under which a call that is over can be read without signing in, for `hours` hours; its address is in this answer and nowhere else.',
    action: 'call:share',
    body: newShareLinkSchema,
    answer: madeLinkSchema,
    status: 201,
    handle: ({ actor, params, body }) => shareCall(actor, params.id ?? '', body),
  }),
  endpoint({
    method: 'DELETE',
    path: '/links/{linkId}',
    summary: 'Takes a link back, of a call or of an assistant: it opens nothing from now on.',
    action: 'call:share',
    handle: ({ actor, params }) => revokeLink(actor, params.linkId ?? ''),
  }),
];
