import { z } from 'zod';

/** The voices that ship with Patchbay (flite); a provider's voices are free text. */
export const rehearsalVoices = ['slt', 'rms', 'awb', 'kal'] as const;

/** Where one step of the pipeline is done: on this machine, or by a provider of the team. */
export const pipelineStepSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('rehearsal') }),
  z.object({
    kind: z.literal('provider'),
    providerId: z.string(),
    model: z.string().trim().min(1, 'Name the model.').max(200),
    voice: z.string().trim().max(200).optional(),
  }),
]);
export type PipelineStep = z.infer<typeof pipelineStepSchema>;

/** Tools of one server that the assistant may call; what counts is this and the server's policy both. */
export const allowedToolsSchema = z.object({ serverId: z.string(), tools: z.array(z.string()) });

/** All that a person configures of an assistant: the draft, or a published and frozen version. */
export const assistantConfigSchema = z.object({
  name: z.string().trim().min(1, 'Give the assistant a name.').max(80),
  instructions: z.string().max(20_000).default(''),
  greeting: z.string().trim().max(500).default('Hello, how can I help?'),
  /** One of `rehearsalVoices`; used when speaking is rehearsal. */
  voice: z.enum(rehearsalVoices).default('slt'),
  /** Sentences a caller may say, for the rehearsal recogniser's grammar. */
  rehearsalPhrases: z.array(z.string().trim().min(1).max(200)).max(100).default([]),
  tools: z.array(allowedToolsSchema).default([]),
  hearing: pipelineStepSchema.default({ kind: 'rehearsal' }),
  thinking: pipelineStepSchema.default({ kind: 'rehearsal' }),
  speaking: pipelineStepSchema.default({ kind: 'rehearsal' }),
  phrases: z
    .object({
      /** Said instead of silence when the model or speech fails. */
      apology: z.string().trim().min(1).max(300),
      /** Said while a tool is slow. */
      slowTool: z.string().trim().min(1).max(300),
      /** Said after a silence. */
      stillThere: z.string().trim().min(1).max(300),
      /** Said when a tool failed for good. */
      toolFailed: z.string().trim().min(1).max(300),
    })
    .default({
      apology: 'Sorry, something went wrong on my side. Could you say that again?',
      slowTool: 'One moment, I am looking that up.',
      stillThere: 'Are you still there?',
      toolFailed: 'I could not do that just now. I can ask a colleague to call you back.',
    }),
  limits: z
    .object({
      /** Silence from both sides until the caller is asked; as long again, and the call ends. */
      silenceMs: z.number().int().min(5_000).max(600_000),
      maxDurationMs: z.number().int().min(30_000).max(7_200_000),
    })
    .default({ silenceMs: 20_000, maxDurationMs: 1_800_000 }),
});
export type AssistantConfig = z.infer<typeof assistantConfigSchema>;

export const assistantSchema = z.object({
  id: z.string(),
  name: z.string(),
  draft: assistantConfigSchema,
  draftSavedAt: z.string(),
  /** The newest published version, null before the first. */
  publishedVersion: z.number().int().nullable(),
  publishedAt: z.string().nullable(),
  /** True when the draft differs from what is published. */
  changed: z.boolean(),
  createdAt: z.string(),
});
export type Assistant = z.infer<typeof assistantSchema>;
