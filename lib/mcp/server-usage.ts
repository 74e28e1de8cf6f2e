import { z } from 'zod';
import { serverLimitsSchema } from '#src/lib/mcp/mcp-server.ts';

/** How much a server was asked so far, beside what it may be asked. Counted are tool calls that were sent to it. */
export const serverUsageSchema = z.object({
  lastMinute: z.number().int(),
  lastDay: z.number().int(),
  failedLastDay: z.number().int(),
  /** Of the last day: in calls, and by hand. */
  bySource: z.object({ call: z.number().int(), inspector: z.number().int() }),
  limits: serverLimitsSchema,
  /** It failed several times in a row, and no call asks it before; null: it is asked as usual. */
  restsUntil: z.string().nullable(),
});
export type ServerUsage = z.infer<typeof serverUsageSchema>;
