import { z } from 'zod';
import { chosenPromptSchema, chosenResourceSchema, mostChosen } from '#src/lib/assistants/context-choice.ts';
import { defaultPhrases } from '#src/lib/assistants/default-phrases.ts';
import { spokenLanguageSchema } from '#src/lib/assistants/spoken-language.ts';

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
  /** What the assistant speaks: of the sentences that no model makes, and told to the model. */
  language: spokenLanguageSchema.default('en'),
  /** One of `rehearsalVoices`; used when speaking is rehearsal. */
  voice: z.enum(rehearsalVoices).default('slt'),
  /** Sentences a caller may say, for the rehearsal recogniser's grammar. */
  rehearsalPhrases: z.array(z.string().trim().min(1).max(200)).max(100).default([]),
  tools: z.array(allowedToolsSchema).default([]),
  /** Resources of servers whose text the model is told in each call. */
  context: z.array(chosenResourceSchema).max(mostChosen).default([]),
  /** Prompts of servers that become a part of its instructions. */
  prompts: z.array(chosenPromptSchema).max(mostChosen).default([]),
  hearing: pipelineStepSchema.default({ kind: 'rehearsal' }),
  thinking: pipelineStepSchema.default({ kind: 'rehearsal' }),
  speaking: pipelineStepSchema.default({ kind: 'rehearsal' }),
  /** Calls are recorded, unless they shall not be. */
  recording: z.boolean().default(true),
  phrases: z
    .object({
      /** Said instead of silence when the model or speech fails. */
      apology: z.string().trim().min(1).max(300),
      /** The first sentence said while a tool is slow. */
      slowTool: z.string().trim().min(1).max(300),
      /** Said after a silence. */
      stillThere: z.string().trim().min(1).max(300),
      /** Said when a tool failed for good. */
      toolFailed: z.string().trim().min(1).max(300),
    })
    .default({
      apology: defaultPhrases.en.apology,
      slowTool: defaultPhrases.en.slowTool,
      stillThere: defaultPhrases.en.stillThere,
      toolFailed: defaultPhrases.en.toolFailed,
    }),
  limits: z
    .object({
      /** Silence from both sides until the caller is asked; as long again, and the call ends. */
      silenceMs: z.number().int().min(5_000).max(600_000),
      maxDurationMs: z.number().int().min(30_000).max(7_200_000),
      /** Silence during a tool call until something is said meanwhile. */
      fillerAfterMs: z.number().int().min(200).max(10_000).default(700),
    })
    .default({ silenceMs: 20_000, maxDurationMs: 1_800_000, fillerAfterMs: 700 }),
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
