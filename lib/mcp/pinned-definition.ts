import { z } from 'zod';
import { toolDefinitionSchema } from '#src/lib/mcp/tool-definition.ts';

/**
 * A definition with all that its hash is made of: the server's instructions are told to the model beside it, so a change of
 * them is a change of every tool.
 */
export const pinnedDefinitionSchema = toolDefinitionSchema.extend({
  serverInstructions: z.string().nullable().optional(),
});
export type PinnedDefinition = z.infer<typeof pinnedDefinitionSchema>;
