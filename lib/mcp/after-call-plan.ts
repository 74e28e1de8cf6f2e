import { z } from 'zod';

/** What of a call can go into an argument of a tool that runs after it. */
export const afterCallSources = [
  'callId',
  'assistant',
  'caller',
  'startedAt',
  'durationSeconds',
  'endedReason',
  'transcript',
  'toolLog',
  'summary',
] as const;

/** One tool of a server of phase `after-call`, with the source, or a fixed text, for each of its arguments. */
export const afterCallPlanSchema = z.object({
  tool: z.string().min(1),
  arguments: z.record(
    z.string(),
    z.union([z.object({ from: z.enum(afterCallSources) }), z.object({ text: z.string().max(8_192) })]),
  ),
});
export type AfterCallPlan = z.infer<typeof afterCallPlanSchema>;
