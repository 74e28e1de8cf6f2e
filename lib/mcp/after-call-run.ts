import { z } from 'zod';

/** What a server that runs after the call was told of one call, as it is shown. */
export const afterCallRunSchema = z.object({
  id: z.string(),
  serverId: z.string(),
  serverName: z.string(),
  /** Empty where none was chosen. */
  tool: z.string(),
  state: z.enum(['waiting', 'done', 'failed']),
  attempts: z.number().int(),
  /** Why it failed, or why it waits for another try. */
  error: z.string().nullable(),
  at: z.string(),
  settledAt: z.string().nullable(),
});
export type AfterCallRun = z.infer<typeof afterCallRunSchema>;
