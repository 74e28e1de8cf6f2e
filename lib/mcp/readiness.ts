import { z } from 'zod';
import { toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';

/** One rule's word on a tool. `of: 0`: not measured yet, it neither gives nor takes. */
export const readinessReasonSchema = z.object({
  rule: z.string(),
  ok: z.boolean(),
  points: z.number(),
  of: z.number(),
  message: z.string(),
});
export type ReadinessReason = z.infer<typeof readinessReasonSchema>;

/** How fit a tool is for a phone line, with the reasons, and a better definition made by rule where one can be made. */
export const readinessSchema = z.object({
  score: z.number().int().min(0).max(100),
  reasons: z.array(readinessReasonSchema),
  rewrite: toolDefinitionSchema.nullable(),
});
export type Readiness = z.infer<typeof readinessSchema>;
