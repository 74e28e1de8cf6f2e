import { z } from 'zod';
import { callLookSchema } from '#src/lib/calls/call-look.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { listLooks } from '#src/server/calls/call-looks.ts';
import { eraseCall } from '#src/server/calls/erase-content.ts';

export const privacyEndpoints = [
  endpoint({
    method: 'GET',
    path: '/calls/{id}/looks',
    summary: 'Who looked at a call: its page, its recording, an export, or by listening while it went on.',
    action: 'call:read',
    answer: z.object({ items: z.array(callLookSchema) }),
    handle: async ({ actor, params }) => ({ items: await listLooks(actor.teamId, params.id ?? '') }),
  }),
  endpoint({
    method: 'DELETE',
    path: '/calls/{id}/content',
    summary:
      'Erases what was said in a call that is over, what its tools were given and answered, its recording and its comments. Its log says so; it cannot be undone.',
    action: 'call:erase',
    handle: ({ actor, params }) => eraseCall(actor, params.id ?? ''),
  }),
];
