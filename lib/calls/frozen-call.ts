import { z } from 'zod';
import { assistantConfigSchema } from '#src/lib/assistants/assistant-config.ts';
import { afterCallPlanSchema } from '#src/lib/mcp/after-call-plan.ts';
import {
  defaultLimits,
  mcpAuthSchema,
  restSchema,
  serverLimitsSchema,
  stdioSchema,
  transports,
} from '#src/lib/mcp/mcp-server.ts';
import { toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';
import { toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';
import { modelPriceSchema } from '#src/lib/providers/model-price.ts';

/** One server as the call sees it: only allowed tools, pinned by hash. No secret is in here. */
export const frozenServerSchema = z.object({
  id: z.string(),
  name: z.string(),
  transport: z.enum(transports),
  /** Empty for stdio. */
  url: z.string(),
  stdio: stdioSchema.nullable().default(null),
  envCredentialId: z.string().nullable().default(null),
  rest: restSchema.nullable().default(null),
  limits: serverLimitsSchema.default(defaultLimits),
  auth: mcpAuthSchema,
  credentialId: z.string().nullable(),
  phase: z.enum(['live', 'after-call']),
  /** What it is told when the call is over. */
  afterCall: afterCallPlanSchema.nullable().optional(),
  instructions: z.string().nullable(),
  /** The protocol era stored at the last handshake, so that connecting needs no probe. */
  era: z.enum(['modern', 'legacy']).nullable(),
  tools: z.array(z.object({ hash: z.string(), definition: toolDefinitionSchema, policy: toolPolicySchema })),
});
export type FrozenServer = z.infer<typeof frozenServerSchema>;

/** A provider as the call sees it; the key is fetched by its credential id in the call's process. */
export const frozenProviderSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.literal('openai-compatible'),
  baseUrl: z.string(),
  credentialId: z.string().nullable(),
  /** As they were when the call was placed. */
  prices: z.array(modelPriceSchema).optional(),
});
export type FrozenProvider = z.infer<typeof frozenProviderSchema>;

/** The copy of the assistant that a call runs on, whatever is edited meanwhile. */
export const frozenCallSchema = z.object({
  assistantId: z.string(),
  /** null: the draft. */
  version: z.number().int().nullable(),
  config: assistantConfigSchema,
  servers: z.array(frozenServerSchema),
  providers: z.array(frozenProviderSchema),
});
export type FrozenCall = z.infer<typeof frozenCallSchema>;
