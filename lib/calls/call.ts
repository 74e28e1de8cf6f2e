import { z } from 'zod';
import { flagCodeSchema } from '#src/lib/flags/flag-code.ts';
import { questionAnswerSchema } from '#src/lib/mcp/inspect.ts';

export const callStatusSchema = z.enum(['placed', 'live', 'ended', 'failed']);
export type CallStatus = z.infer<typeof callStatusSchema>;

/** Why a call ended. */
export const endedReasonSchema = z.enum([
  'caller-hung-up',
  'caller-left',
  'silence',
  'max-duration',
  'agent-ended',
  'never-answered',
]);
export type EndedReason = z.infer<typeof endedReasonSchema>;

/** Who calls: a member in a browser, a voice made for the call, a program, or a guest with a tester link. */
export const callerKindSchema = z.enum(['member', 'synthetic', 'api', 'guest']);
export type CallerKind = z.infer<typeof callerKindSchema>;

export const callSchema = z.object({
  id: z.string(),
  assistantId: z.string(),
  assistantName: z.string(),
  /** null: the draft. */
  version: z.number().int().nullable(),
  status: callStatusSchema,
  caller: z.object({ kind: callerKindSchema, name: z.string() }),
  placedAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  endedReason: z.string().nullable(),
  /** Set when status is failed: a sentence for the person. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  stats: z.object({ turns: z.number().int(), toolCalls: z.number().int(), toolFailures: z.number().int() }),
  /** What is wrong with it though it may have ended well; found when it is over. */
  flags: z.array(flagCodeSchema),
  /** The longest that the caller waited for an answer, as heard on the recording, ms. */
  heardReplyMs: z.number().nullable(),
  /** The same by the pipeline. This and what follows is known soon after the end. */
  replyMs: z.number().nullable(),
  durationMs: z.number().nullable(),
  tools: z.array(z.string()),
  /** Tools that failed or are in doubt. */
  failedTools: z.array(z.string()),
  writesDone: z.number().int(),
});
export type Call = z.infer<typeof callSchema>;

export const placeCallInputSchema = z.object({
  assistantId: z.string(),
  version: z.number().int().positive().optional(),
  /** Lines for a synthetic caller, spoken one after the other, then it hangs up. */
  say: z.array(z.string().trim().min(1).max(300)).min(1).max(50).optional(),
});

export const placedCallSchema = z.object({ id: z.string(), room: z.string(), url: z.string(), token: z.string() });
export type PlacedCall = z.infer<typeof placedCallSchema>;

/** LiveKit data topics between browser, server and the call's process. Nothing on them is history. */
export const topics = {
  /** Server to agent: JSON of `ControlMessage`. */
  control: 'patchbay.control',
  /** Agent to browser: JSON of `Sayable`: what can be said now in rehearsal. */
  sayable: 'patchbay.sayable',
  /** Agent to browser: JSON of `Partial`: words as they are heard, not yet a turn. */
  partial: 'patchbay.partial',
} as const;

export const controlMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), id: z.string(), text: z.string().min(1).max(2000) }),
  z.object({ type: z.literal('end'), reason: endedReasonSchema }),
  /** An operator's word on a write that waits for it. */
  /** What a server asked in the middle of a tool call is answered by `by`. */
  z.object({ type: z.literal('answer'), questionId: z.string(), by: z.string(), ...questionAnswerSchema.shape }),
  /** Someone who may answer looks at the call now. */
  z.object({ type: z.literal('watching') }),
  /** What a server told by webhook, as the caller may hear it. */
  z.object({ type: z.literal('notice'), id: z.string(), serverId: z.string(), text: z.string().min(1).max(300) }),
  /** Someone of the team was given a place in the room that nobody sees. */
  z.object({ type: z.literal('listening'), identity: z.string(), by: z.string() }),
  /** What a supervisor tells the agent and not the caller. */
  z.object({ type: z.literal('whisper'), id: z.string(), text: z.string().min(1).max(500), by: z.string() }),
  z.object({ type: z.literal('approval'), toolCallId: z.string(), approved: z.boolean(), by: z.string() }),
]);
export type ControlMessage = z.infer<typeof controlMessageSchema>;

/** What a caller can say now; each line may be clicked as typed input. */
export const sayableSchema = z.object({ prompt: z.string().nullable(), phrases: z.array(z.string()) });
export type Sayable = z.infer<typeof sayableSchema>;

export const partialSchema = z.object({ who: z.enum(['caller', 'agent']), text: z.string() });
export type Partial = z.infer<typeof partialSchema>;

/** Identity prefix of everyone in the room who is not a caller. */
export const agentName = 'patchbay';
export const callerIdentity = 'caller';
/** Identity prefix of those of the team who listen, hidden from all. */
export const listenerPrefix = 'listener-';
