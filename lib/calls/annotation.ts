import { z } from 'zod';

/** A word that people put on a call to find it by. */
export const labelSchema = z
  .string()
  .trim()
  .min(1, 'Write a label.')
  .max(40, 'A label has 40 characters at most.')
  .regex(/^[^\p{Cc}\p{Cf}]+$/u, 'A label is plain text.');

/** What someone has to say of a moment of a call; `at` is ms from t = 0, null for the call as a whole. */
export const commentSchema = z.object({
  id: z.string(),
  at: z.number().nullable(),
  text: z.string(),
  author: z.string(),
  /** Written by whoever asks: theirs to change. */
  mine: z.boolean(),
  createdAt: z.string(),
});
export type CallComment = z.infer<typeof commentSchema>;

export const newCommentSchema = z.object({
  text: z.string().trim().min(1, 'Write something.').max(2_000, 'A comment has 2,000 characters at most.'),
  at: z.number().min(0).nullable().default(null),
});

export const annotationsSchema = z.object({
  labels: z.array(z.string()),
  /** Labels on other calls of the team, the most used first. */
  suggestions: z.array(z.string()),
  comments: z.array(commentSchema),
});
export type Annotations = z.infer<typeof annotationsSchema>;
