import { z } from 'zod';

/** The loudest samples of each step of a recording, 0 to 255: what a waveform is drawn from. */
export const recordingPeaksSchema = z.object({
  stepMs: z.number().positive(),
  caller: z.array(z.number().int()),
  agent: z.array(z.number().int()),
});
export type RecordingPeaks = z.infer<typeof recordingPeaksSchema>;

/** What a listener would measure on a recording, in ms. */
export const heardFiguresSchema = z.object({
  /** From the caller's last sound to the first of the answer, for each answer: `at` is where the answer begins. */
  replies: z.array(z.object({ at: z.number(), ms: z.number() })),
  /** Stretches in which nobody is heard though somebody should be. */
  deadAir: z.array(z.object({ from: z.number(), to: z.number() })),
  longestSilenceMs: z.number(),
  /** Both are heard. */
  talkOverMs: z.number(),
  callerMs: z.number(),
  agentMs: z.number(),
});
export type HeardFigures = z.infer<typeof heardFiguresSchema>;

/** The recording of a call, as its page and the API tell of it. */
export const recordingSchema = z.object({
  /** `recording`: still being written or looked at. `incomplete`: its end is missing. */
  state: z.enum(['recording', 'ready', 'incomplete', 'deleted']),
  durationMs: z.number(),
  bytes: z.number().int(),
  heard: heardFiguresSchema.nullable(),
});
export type Recording = z.infer<typeof recordingSchema>;

/** A recording with what its waveform is drawn from. */
export const recordingWaveformSchema = recordingSchema.extend({ peaks: recordingPeaksSchema.nullable() });
export type RecordingWaveform = z.infer<typeof recordingWaveformSchema>;
