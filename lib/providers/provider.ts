import { z } from 'zod';
import { cleanKey } from '#src/lib/mcp/mcp-server.ts';
import { modelPriceSchema } from '#src/lib/providers/model-price.ts';

/** A model or speech provider of a team. The key is write-only. */
export const providerInputSchema = z.object({
  name: z.string().trim().min(1, 'Give the provider a name.').max(80),
  kind: z.literal('openai-compatible').default('openai-compatible'),
  /** With its version part, such as `https://api.openai.com/v1`. */
  baseUrl: z
    .string()
    .trim()
    .max(2048)
    .refine((url) => /^https?:\/\//i.test(url) && URL.canParse(url), 'This is not an http or https address.'),
  key: z.string().transform(cleanKey).optional(),
  /** Of its models, where someone looked them up. */
  prices: z.array(modelPriceSchema).max(100).default([]),
});
export type ProviderInput = z.infer<typeof providerInputSchema>;

export const providerSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.literal('openai-compatible'),
  baseUrl: z.string(),
  hasKey: z.boolean(),
  prices: z.array(modelPriceSchema),
  createdAt: z.string(),
});
export type Provider = z.infer<typeof providerSchema>;
