import { z } from 'zod';

/** Why a person of the team has to look after a call. */
export const followUpReasonSchema = z.enum(['write-in-doubt', 'tool-failed', 'after-call-failed', 'operator-absent']);
export type FollowUpReason = z.infer<typeof followUpReasonSchema>;

/** Something that a person has to do because the call could not. */
export const followUpSchema = z.object({
  id: z.string(),
  callId: z.string(),
  assistantName: z.string(),
  callerName: z.string(),
  reason: followUpReasonSchema,
  /** Empty once the call's contents were erased. */
  serverName: z.string(),
  tool: z.string(),
  note: z.string().nullable(),
  toolCallId: z.string().nullable(),
  /** The moment of the call, ms from t = 0; null when it is not known. */
  callAtMs: z.number().nullable(),
  at: z.string(),
  doneAt: z.string().nullable(),
  doneBy: z.string().nullable(),
});
export type FollowUp = z.infer<typeof followUpSchema>;
