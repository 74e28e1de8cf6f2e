import { z } from 'zod';

/** A share link reads one call; a tester link places calls to one assistant. */
export const linkKindSchema = z.enum(['call', 'talk']);
export type LinkKind = z.infer<typeof linkKindSchema>;

/** What a share link shows beside the transcript. */
export const shareOptionsSchema = z.object({
  recording: z.boolean().default(true),
  /** Arguments and results of tools, redacted like the rest. */
  payloads: z.boolean().default(false),
});
export type ShareOptions = z.infer<typeof shareOptionsSchema>;

/** How much a tester link can be used. */
export const talkOptionsSchema = z.object({
  calls: z.number().int().min(1).max(1_000).default(20),
  atOnce: z.number().int().min(1).max(10).default(2),
});
export type TalkOptions = z.infer<typeof talkOptionsSchema>;

export type LinkOptions = Partial<ShareOptions & TalkOptions>;

/** Hours for which a link works. */
export const linkHours = [1, 24, 7 * 24, 30 * 24] as const;

const newLink = z.object({
  /** Whom it is for. */
  name: z.string().trim().max(80, 'A name has 80 characters at most.').default(''),
  hours: z
    .number()
    .int()
    .min(1)
    .max(30 * 24, 'A link works for 30 days at most.')
    .default(7 * 24),
});
export const newShareLinkSchema = newLink.extend({
  options: shareOptionsSchema.default({ recording: true, payloads: false }),
});
export const newTalkLinkSchema = newLink.extend({ options: talkOptionsSchema.default({ calls: 20, atOnce: 2 }) });

/** A link as its makers see it; its secret is shown once, when it is made. */
export const linkSchema = z.object({
  id: z.string(),
  kind: linkKindSchema,
  /** The call that is read, or the assistant that is called. */
  subjectId: z.string(),
  name: z.string(),
  options: z.object({ ...shareOptionsSchema.shape, ...talkOptionsSchema.shape }).partial(),
  /** How often it was opened, or called by. */
  uses: z.number().int(),
  createdBy: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
});
export type Link = z.infer<typeof linkSchema>;

/** A new link with its secret. */
export const madeLinkSchema = linkSchema.extend({ url: z.string() });
export type MadeLink = z.infer<typeof madeLinkSchema>;
