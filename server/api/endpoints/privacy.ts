import { endpoint } from '#src/server/api/endpoint.ts';
import { eraseCall } from '#src/server/calls/erase-content.ts';

export const privacyEndpoints = [
  endpoint({
    method: 'DELETE',
    path: '/calls/{id}/content',
    summary:
      'Erases what was said in a call that is over, what its tools were given and answered, its recording and its comments. Its log says so; it cannot be undone.',
    action: 'call:erase',
    handle: ({ actor, params }) => eraseCall(actor, params.id ?? ''),
  }),
];
