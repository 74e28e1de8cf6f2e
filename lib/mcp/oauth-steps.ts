import { z } from 'zod';
import { handshakeErrorSchema } from '#src/lib/mcp/handshake.ts';

/** The way to a token, in order; the same names in the dialog and in the API. */
export const oauthStepNames = ['resource-metadata', 'server-metadata', 'client', 'authorize', 'token'] as const;
export type OAuthStepName = (typeof oauthStepNames)[number];

export const oauthStepSchema = z.object({
  name: z.enum(oauthStepNames),
  /** `waiting`: for a person, in the browser. */
  state: z.enum(['passed', 'failed', 'waiting', 'not-run', 'skipped']),
  /** What was found, one short line. */
  detail: z.string().optional(),
  error: handshakeErrorSchema.optional(),
});
export type OAuthStep = z.infer<typeof oauthStepSchema>;

/** What starting an authorization answers. A start that fails says so in its steps. */
export const oauthStartedSchema = z.object({
  /** Where a person signs in; null when no person is needed, or a step failed. */
  url: z.string().nullable(),
  /** Tokens are stored now: nobody has to sign in. */
  connected: z.boolean(),
  /** What is asked for. */
  scopes: z.array(z.string()),
  /** What the server says it has; an operator may choose from it. */
  offeredScopes: z.array(z.string()),
  steps: z.array(oauthStepSchema),
});
export type OAuthStarted = z.infer<typeof oauthStartedSchema>;
