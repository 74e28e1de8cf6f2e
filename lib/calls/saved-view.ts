import { z } from 'zod';

/** A kept way to look at the list of calls: `query` is what stands in the address. */
export const savedViewSchema = z.object({ id: z.string(), name: z.string(), query: z.string() });
export type SavedView = z.infer<typeof savedViewSchema>;

export const viewNameSchema = z.string().trim().min(1, 'Give it a name.').max(60, 'Use 60 characters at most.');
