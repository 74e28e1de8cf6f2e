import { z } from 'zod';

/** A resource of a server whose text the model is told in each call. */
export const chosenResourceSchema = z.object({ serverId: z.string(), uri: z.string().min(1).max(2_048) });
export type ChosenResource = z.infer<typeof chosenResourceSchema>;

/** A prompt of a server that becomes a part of the assistant's instructions, filled in with these arguments. */
export const chosenPromptSchema = z.object({
  serverId: z.string(),
  name: z.string().min(1).max(256),
  arguments: z.record(z.string(), z.string().max(2_000)).default({}),
});
export type ChosenPrompt = z.infer<typeof chosenPromptSchema>;

/** Most of each: all of them are read at the beginning of a call, and paid for with each answer of the model. */
export const mostChosen = 10;
/** Characters of one resource or prompt that the model is told; the rest is left out, and that is said. */
export const mostContextChars = 8_000;
