import { z } from 'zod';

export const lookKindSchema = z.enum(['page', 'recording', 'export', 'listen']);
export type LookKind = z.infer<typeof lookKindSchema>;

/** That someone looked at a call: who, at what of it, how often, and when last. */
export const callLookSchema = z.object({
  name: z.string(),
  /** True for a program with an API token. */
  program: z.boolean(),
  /** True for whoever opened a share link, without signing in; the name is the link's. */
  link: z.boolean(),
  what: lookKindSchema,
  times: z.number().int(),
  lastAt: z.string(),
});
export type CallLook = z.infer<typeof callLookSchema>;
