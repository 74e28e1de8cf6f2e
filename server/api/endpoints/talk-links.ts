import { linkSchema, madeLinkSchema, newTalkLinkSchema } from '#src/lib/links/link.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { pageSchema } from '#src/server/api/page.ts';
import { listTalkLinks, makeTalkLink } from '#src/server/links/talk-links.ts';

export const talkLinkEndpoints = [
  endpoint({
    method: 'GET',
    path: '/assistants/{id}/links',
    summary: 'The tester links of an assistant, the newest first, those that are over among them.',
    action: 'call:share',
    answer: pageSchema(linkSchema),
    handle: async ({ actor, params }) => ({ items: await listTalkLinks(actor.teamId, params.id ?? ''), next: null }),
  }),
  endpoint({
    method: 'POST',
    path: '/assistants/{id}/links',
    summary:
      'Makes a link with which someone without an account calls the published version. The address with its secret is in this answer and nowhere else.',
    action: 'call:share',
    body: newTalkLinkSchema,
    answer: madeLinkSchema,
    status: 201,
    handle: ({ actor, params, body }) => makeTalkLink(actor, params.id ?? '', body),
  }),
];
