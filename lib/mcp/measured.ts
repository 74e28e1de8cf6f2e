import { z } from 'zod';

/** What runs of a tool showed, over the last 30 days and at most 500 runs. */
export const measuredSchema = z.object({
  runs: z.number().int(),
  p50Ms: z.number(),
  p95Ms: z.number(),
  /** Characters of a usual answer (the median): as the server gave it, and as the model got it. */
  rawChars: z.number().int(),
  shapedChars: z.number().int(),
});
export type Measured = z.infer<typeof measuredSchema>;
