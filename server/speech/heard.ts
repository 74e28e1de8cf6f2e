import { z } from 'zod';

export const heardSchema = z.object({
  /** The words as recognised; when not understood, the nearest words the grammar has, or none. */
  text: z.string(),
  /** 0 to 1; null when nothing was recognised at all. */
  confidence: z.number().min(0).max(1).nullable(),
  /** False for noise, other words and anything else that must not be acted on. */
  understood: z.boolean(),
  /** When each word of `text` began, ms from the first sample of the utterance; missing where nobody measured it. */
  wordsAt: z.array(z.number()).optional(),
});
/** What the recogniser made of one utterance, or of the part of it heard so far. */
export type Heard = z.infer<typeof heardSchema>;
