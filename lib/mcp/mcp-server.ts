import { z } from 'zod';

/** What a person pastes as a key often carries white space or quotes round it. */
export function cleanKey(pasted: string): string {
  return pasted
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim();
}

const keySchema = z
  .string()
  .transform(cleanKey)
  .pipe(
    z
      .string()
      .min(1, 'The key is empty.')
      .max(8192, 'The key is longer than 8,192 characters.')
      .regex(
        /^[\x21-\x7e]+$/,
        'The key has a space or an unusual character in it. Copy it again, without line breaks.',
      ),
  );

const headerName = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'A header name has no spaces.');

/** How a server checks who we are. The key is write-only: it is stored encrypted and never read back. */
export const mcpAuthInputSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({
    type: z.literal('api-key'),
    in: z.enum(['header', 'query']).default('header'),
    name: headerName.default('x-api-key'),
    /** Left out on an edit: the stored key stays. */
    key: keySchema.optional(),
  }),
  z.object({ type: z.literal('bearer'), key: keySchema.optional() }),
]);
export type McpAuthInput = z.infer<typeof mcpAuthInputSchema>;

/** The same as it may be shown: no key, only whether there is one. */
export const mcpAuthSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('none') }),
  z.object({ type: z.literal('api-key'), in: z.enum(['header', 'query']), name: z.string(), hasKey: z.boolean() }),
  z.object({ type: z.literal('bearer'), hasKey: z.boolean() }),
]);
export type McpAuth = z.infer<typeof mcpAuthSchema>;

/** What adds or edits a server. */
export const mcpServerInputSchema = z.object({
  name: z.string().trim().min(1, 'Give the server a name.').max(80),
  transport: z.enum(['streamable-http']).default('streamable-http'),
  url: z
    .string()
    .trim()
    .max(2048)
    .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'This is not an http or https address.')
    .refine(
      (url) => URL.canParse(url) && !new URL(url).username && !new URL(url).password,
      'Put the key in its own field, not in the address.',
    ),
  auth: mcpAuthInputSchema.default({ type: 'none' }),
  phase: z.enum(['live', 'after-call']).default('live'),
  /** Non-empty: only these tools exist for us. Empty: all. */
  toolsFilter: z.array(z.string()).default([]),
});
export type McpServerInput = z.infer<typeof mcpServerInputSchema>;

/** Fields without their defaults: what is left out stays as it is. */
export const mcpServerPatchSchema = z
  .object({
    name: mcpServerInputSchema.shape.name,
    url: mcpServerInputSchema.shape.url,
    auth: mcpAuthInputSchema,
    phase: mcpServerInputSchema.shape.phase.unwrap(),
    toolsFilter: z.array(z.string()),
  })
  .partial();
export type McpServerPatch = z.infer<typeof mcpServerPatchSchema>;

/** A server as it is shown and answered. */
export const mcpServerSchema = z.object({
  id: z.string(),
  name: z.string(),
  transport: z.enum(['streamable-http']),
  url: z.string(),
  auth: mcpAuthSchema,
  phase: z.enum(['live', 'after-call']),
  toolsFilter: z.array(z.string()),
  /** Of the newest handshake; null when none was made yet. */
  state: z.enum(['passed', 'failed']).nullable(),
  checkedAt: z.string().nullable(),
  createdAt: z.string(),
});
export type McpServer = z.infer<typeof mcpServerSchema>;
