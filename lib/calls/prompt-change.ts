import { z } from 'zod';

/** What a round of the model was sent, told as what is new since the round before: a long call would tell itself a thousand times. */
export const promptChangeSchema = z.object({
  /** Left out: as before. */
  instructions: z.string().optional(),
  /** Names of the tools on offer; left out: as before. */
  tools: z.array(z.string()).optional(),
  /** So many of its first items are those of the round before. */
  same: z.number().int(),
  items: z.array(z.unknown()),
});
export type PromptChange = z.infer<typeof promptChangeSchema>;
