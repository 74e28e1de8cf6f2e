import { z } from 'zod';
import { diffLineSchema } from '#src/lib/mcp/definition-diff.ts';
import { measuredSchema } from '#src/lib/mcp/measured.ts';
import { pinnedDefinitionSchema } from '#src/lib/mcp/pinned-definition.ts';
import { readinessSchema } from '#src/lib/mcp/readiness.ts';
import { toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';
import { toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';

/** A definition that was listed since the approval and that nobody has approved: the tool is quarantined. */
export const pendingDefinitionSchema = z.object({
  hash: z.string(),
  definition: pinnedDefinitionSchema,
  since: z.string(),
  diff: z.array(diffLineSchema),
});

/** One tool of a server's catalogue: what was approved, what the operator decided, what waits, and how it is judged. */
export const cataloguedToolSchema = z.object({
  definition: toolDefinitionSchema,
  hash: z.string(),
  policy: toolPolicySchema,
  pending: pendingDefinitionSchema.nullable(),
  readiness: readinessSchema,
  measured: measuredSchema.nullable(),
});
export type CataloguedTool = z.infer<typeof cataloguedToolSchema>;
