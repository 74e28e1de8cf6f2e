import { z } from 'zod';
import { endpoint } from '#src/server/api/endpoint.ts';
import { makeHookKey } from '#src/server/hooks/hook-key.ts';
import { readHookBody } from '#src/server/hooks/read-hook.ts';
import { takeHook } from '#src/server/hooks/take-hook.ts';

export const hookEndpoints = [
  endpoint({
    method: 'POST',
    path: '/hooks/{serverId}',
    summary:
      'What a server tells us: `{event, data, timestamp}`, at most 64 KB, with `X-Patchbay-Signature: v1=` and HMAC-SHA256 in hex over `timestamp.body` by its hook key. Five minutes old is refused, a repeat is 409.',
    action: null,
    answer: z.object({ id: z.string() }),
    status: 202,
    handle: async ({ params, request }) =>
      takeHook(params.serverId ?? '', {
        body: await readHookBody(request),
        signature: request.headers.get('x-patchbay-signature'),
      }),
  }),
  endpoint({
    method: 'POST',
    path: '/mcp-servers/{id}/hook-key',
    summary: 'Makes the key with which the server signs its hooks; the one before is void. It is shown only here.',
    action: 'server:write',
    answer: z.object({ key: z.string() }),
    status: 201,
    handle: ({ actor, params }) => makeHookKey(actor, params.id ?? ''),
  }),
];
