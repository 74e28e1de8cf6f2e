import { afterCallRunSchema } from '#src/lib/mcp/after-call-run.ts';
import { listAfterCallRuns } from '#src/server/after-call/read-runs.ts';
import { endpoint } from '#src/server/api/endpoint.ts';
import { pageSchema } from '#src/server/api/page.ts';

export const afterCallEndpoints = [
  endpoint({
    method: 'GET',
    path: '/calls/{id}/after-call',
    summary: 'What servers that run after the call were told of it, and whether it was done.',
    action: 'call:read',
    answer: pageSchema(afterCallRunSchema),
    handle: async ({ actor, params }) => ({
      items: await listAfterCallRuns(actor.teamId, params.id ?? ''),
      next: null,
    }),
  }),
];
