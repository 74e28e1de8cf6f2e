import { z } from 'zod';

/** An address of the team that is told of notices. */
export const webhookInputSchema = z.object({
  url: z
    .url({ protocol: /^https?$/, error: 'This is not an http or https address.' })
    .max(2048)
    .refine(
      (url) => !URL.canParse(url) || (!new URL(url).username && !new URL(url).password),
      'An address with a name and password in it is not possible: each request is signed instead.',
    ),
});

export const webhookSchema = z.object({
  id: z.string(),
  url: z.string(),
  createdAt: z.string(),
  /** Of the last request: an HTTP status, or a code such as `connection-refused`. Null before the first. */
  lastStatus: z.string().nullable(),
  lastAt: z.string().nullable(),
});
export type Webhook = z.infer<typeof webhookSchema>;

/** The answer to adding one: the secret is shown this once. */
export const newWebhookSchema = webhookSchema.extend({ secret: z.string() });

/** What is sent. `X-Patchbay-Signature: v1=…` is the HMAC-SHA256 (hex) of `timestamp.body` with the webhook's secret. */
export const webhookBodySchema = z.object({
  kind: z.string(),
  server: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  message: z.string(),
  /** When it happened, ISO 8601. */
  timestamp: z.string(),
});
