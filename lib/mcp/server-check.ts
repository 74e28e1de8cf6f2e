import { z } from 'zod';

/** One look at a server, for its history: short enough for a hundred of them. */
export const serverCheckSchema = z.object({
  at: z.string(),
  ok: z.boolean(),
  ms: z.number(),
  source: z.enum(['asked', 'watch']),
});
export type ServerCheck = z.infer<typeof serverCheckSchema>;
