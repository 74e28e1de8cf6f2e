import { z } from 'zod';
import { AppError } from '#src/lib/app-error.ts';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import { mcpAuthInputSchema, transports, urlSchema } from '#src/lib/mcp/mcp-server.ts';
import { handshake } from '#src/server/mcp/handshake.ts';
import type { LadderHooks } from '#src/server/mcp/ladder.ts';
import { storedAuth } from '#src/server/mcp/server-rows.ts';

/** An address to look at, without storing anything. Programs of this machine are no addresses. */
export const endpointInputSchema = z.object({
  url: urlSchema,
  transport: z.enum(transports).exclude(['stdio']).default('streamable-http'),
  auth: mcpAuthInputSchema.default({ type: 'none' }),
});
export type EndpointInput = z.output<typeof endpointInputSchema>;

/**
 * Runs the handshake of an address that is not stored, and stores nothing. Throws `oauth-needs-server` for OAuth, which needs a
 * stored server to sign in to; what the server does stands in the steps.
 */
export async function checkEndpoint(
  input: EndpointInput,
  options: LadderHooks & { signal?: AbortSignal | undefined } = {},
): Promise<Handshake> {
  const { url, transport, auth } = input;
  if (auth.type === 'oauth')
    throw new AppError('oauth-needs-server', 'A server is signed in to once it is stored.', {
      hint: 'Add the server, then sign in to it.',
    });
  const key = auth.type === 'none' ? null : (auth.key ?? null);
  const { handshake: result } = await handshake({
    ...options,
    server: { url, transport, auth: storedAuth(auth, key !== null), era: null },
    key,
  });
  return result;
}
