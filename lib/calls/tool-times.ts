import { z } from 'zod';

const ms = z.number();

/** How far a tool call had come, each in milliseconds from when its own time began to run. */
export const toolTimesSchema = z.object({
  /** It was within the limits of its server. */
  limitsMs: ms.optional(),
  /** The last try began; before it lie earlier ones and, of a write, the note that it is about to leave. */
  tryMs: ms.optional(),
  /** There was a connection, and the request left. */
  sessionMs: ms.optional(),
  /** The answer began to come. */
  firstByteMs: ms.optional(),
});
export type ToolTimes = z.infer<typeof toolTimesSchema>;
