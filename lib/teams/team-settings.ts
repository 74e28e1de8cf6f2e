import { z } from 'zod';

const days = z.number().int().min(1).max(3650).nullable();

/** What can be told apart from other words, and so be taken out of them. */
export const privateKindSchema = z.enum(['card', 'email', 'phone']);
export type PrivateKind = z.infer<typeof privateKindSchema>;

/** What a team decided once for all its calls. Days are null where things are kept until someone deletes them. */
export const teamSettingsSchema = z.object({
  keepRecordingDays: days.default(90),
  keepTranscriptDays: days.default(null),
  keepPayloadDays: days.default(null),
  /** What is taken out of everything before it is written to the log. */
  redact: z.array(privateKindSchema).default([]),
  /** Said and shown before a call that is recorded; empty: nothing is said. */
  consent: z.string().trim().max(300).default(''),
});
export type TeamSettings = z.infer<typeof teamSettingsSchema>;
/** The part of it that is about recordings. */
export const recordingSettingsSchema = z.object({
  keepRecordingDays: days,
  consent: z.string().trim().max(300),
});
export type RecordingSettings = z.infer<typeof recordingSettingsSchema>;

/** The part of it that is about what was said and given in calls. */
export const privacySettingsSchema = z.object({
  keepTranscriptDays: days,
  keepPayloadDays: days,
  redact: z.array(privateKindSchema),
});
export type PrivacySettings = z.infer<typeof privacySettingsSchema>;

export const defaultTeamSettings: TeamSettings = teamSettingsSchema.parse({});
