import { z } from 'zod';
import { spokenLanguageSchema } from '#src/lib/assistants/spoken-language.ts';
import { endedReasonSchema } from '#src/lib/calls/call.ts';
import { contentKinds } from '#src/lib/calls/call-content-kind.ts';
import { emptyData } from '#src/lib/calls/empty-data.ts';
import { promptChangeSchema } from '#src/lib/calls/prompt-change.ts';
import { toolTimesSchema } from '#src/lib/calls/tool-times.ts';
import { declineReasons } from '#src/lib/confirmation/waiting-answer.ts';
import { followUpReasonSchema } from '#src/lib/follow-ups/follow-up.ts';
import { exchangeSchema } from '#src/lib/mcp/exchange.ts';
import { jsonSchemaSchema } from '#src/lib/mcp/tool-definition.ts';

const text = z.string();
const ms = z.number();
const toolNames = z.object({ serverId: text, serverName: text, tool: text });

/**
 * Everything that happens on a call, named noun-verb. One log, one reader: page, API, export and tests read the same.
 * A new kind of event is one new member here and one renderer in components/timeline. All times are milliseconds.
 */
const eventData = {
  'call-placed': z.object({ assistant: text, version: z.number().nullable(), caller: text, synthetic: z.boolean() }),
  'agent-dispatched': z.object({ attempt: z.number().int() }),
  'agent-late': z.object({ attempt: z.number().int(), waitedMs: ms }),
  /** The agent is in the room: t = 0 of the call's clock. */
  'call-started': z.object({ dispatchMs: ms.optional(), language: spokenLanguageSchema.optional() }),
  'caller-joined': z.object({ name: text, synthetic: z.boolean() }),
  'caller-left': z.object({ graceMs: ms }),
  'server-connected': z.object({
    serverId: text,
    serverName: text,
    ms,
    protocolVersion: text.nullable(),
    tools: z.number().int(),
  }),
  'server-failed': z.object({ serverId: text, serverName: text, ms, code: text, message: text }),
  'definition-quarantined': toolNames.extend({ was: text, is: text }),
  /** The server's list is another now: what the model is offered from the next turn on, and no longer. */
  'tools-changed': z.object({ serverId: text, serverName: text, offered: z.array(text), withdrawn: z.array(text) }),
  /** A resource or a prompt of a server is in the model's instructions from now on. */
  'context-read': z.object({
    serverId: text,
    serverName: text,
    kind: z.enum(['resource', 'prompt']),
    name: text,
    ms,
    chars: z.number().int(),
    /** Characters that were left out, because it is longer than a context may be. */
    cutChars: z.number().int(),
    /** The server said that it has changed. */
    again: z.boolean(),
  }),
  'context-failed': z.object({
    serverId: text,
    serverName: text,
    kind: z.enum(['resource', 'prompt']),
    name: text,
    code: text,
    message: text,
  }),
  'caller-speech-started': z.object({}),
  'caller-speech-ended': z.object({ ms }),
  /** Heard, but not well enough to act on. */
  'caller-not-understood': z.object({ heard: text, confidence: z.number().nullable() }),
  'turn-committed': z.object({
    text,
    source: z.enum(['spoken', 'typed']),
    confidence: z.number().nullable(),
    /** From the caller's last sound until the words were there. */
    transcriptMs: ms.optional(),
    /** When each word began, ms from t = 0, where the recogniser measured it. */
    wordsAt: z.array(z.number()).optional(),
  }),
  'model-started': z.object({ model: text, round: z.number().int(), prompt: promptChangeSchema.optional() }),
  'model-answered': z.object({
    model: text,
    ms,
    firstTokenMs: ms.nullable(),
    inputTokens: z.number().nullable(),
    outputTokens: z.number().nullable(),
    /** US dollars, where the team gave the model's price. */
    cost: z.number().optional(),
    toolCalls: z.number().int(),
  }),
  'model-failed': z.object({ model: text, ms, code: text, message: text }),
  /** The text may still be growing when speech starts; the whole of it is in the event that ends the speech. */
  'agent-speech-started': z.object({
    speechId: text,
    text,
    kind: z.enum(['greeting', 'answer', 'filler', 'apology', 'prompt']),
    delayMs: ms.nullable(),
  }),
  'agent-speech-interrupted': z.object({ speechId: text, heard: text, unheard: text }),
  'agent-speech-ended': z.object({ speechId: text, text }),
  'tool-started': toolNames.extend({
    arguments: z.record(z.string(), z.unknown()),
    effect: z.enum(['read', 'write']),
    /** The same write was asked for before, by this tool call: nothing is sent, its answer counts. */
    repeatOf: text.optional(),
  }),
  'tool-waiting': toolNames.extend({
    waitingFor: z.enum(['caller', 'operator', 'server']),
    note: text,
    /** Of a write that was not sent yet: what it is asked to do. */
    arguments: z.record(z.string(), z.unknown()).optional(),
  }),
  /** Someone said yes to a write; `name` is the operator's. */
  'tool-confirmed': toolNames.extend({ by: z.enum(['caller', 'operator']), name: text.nullable() }),
  /** A write that was read back and will not be done. */
  'tool-declined': toolNames.extend({ ms, reason: z.enum(declineReasons), name: text.nullable() }),
  /** How far the server says it is; at most fifty a call. It extends no deadline. */
  'tool-progress': toolNames.extend({ progress: z.number(), total: z.number().optional(), message: text.optional() }),
  'tool-succeeded': toolNames.extend({
    ms,
    /** What the model was given. */
    answer: text,
    content: z.array(z.unknown()),
    structuredContent: z.unknown().optional(),
    /** How often it was sent, where that was more than once. */
    attempts: z.number().int().optional(),
    /** An answer that was given before; nothing was sent. */
    cached: z.boolean().optional(),
    /** Characters as the server gave them, and as the model got them. */
    rawChars: z.number().int().optional(),
    shapedChars: z.number().int().optional(),
    /** Why the tool's output filter could not be applied. */
    filterProblem: z.enum(['too-slow', 'failed']).optional(),
    times: toolTimesSchema.optional(),
  }),
  /** Tokens of its answer, as the server gave it and as the model got it; counted when the call is over. */
  'tool-measured': toolNames.extend({ rawTokens: z.number().int(), shapedTokens: z.number().int() }),
  'tool-failed': toolNames.extend({
    ms,
    code: text,
    message: text,
    raw: text.optional(),
    attempts: z.number().int().optional(),
    times: toolTimesSchema.optional(),
  }),
  'tool-in-doubt': toolNames.extend({
    ms,
    message: text,
    attempts: z.number().int().optional(),
    times: toolTimesSchema.optional(),
  }),
  /** What went over the wire for a tool call, secrets hidden; told after its answer, unless its server is not to be kept. */
  'tool-exchanged': toolNames.extend({ exchanges: z.array(exchangeSchema) }),
  /** A server asks a person of the team something in the middle of a tool call (MCP elicitation). */
  'question-asked': toolNames.extend({ questionId: text, message: text, schema: jsonSchemaSchema }),
  /** What became of it. What was answered may be private, and is not in here. */
  'question-answered': z.object({
    questionId: text,
    action: z.enum(['accept', 'decline', 'cancel']),
    /** Who answered; null when nobody did. */
    by: text.nullable(),
    note: text.optional(),
  }),
  /** Something that a person of the team has to do, because the call could not. */
  'follow-up-created': z.object({
    followUpId: text,
    reason: followUpReasonSchema,
    serverName: text,
    tool: text,
    note: text.optional(),
  }),
  /** Someone of the team listens; nobody in the call notices. */
  'supervisor-joined': z.object({ name: text }),
  'supervisor-left': z.object({ name: text, ms }),
  /** Told to the agent, from its next answer on; the caller does not hear it. */
  'supervisor-whispered': z.object({ name: text, text }),
  /** What a server told us by its webhook while the call went on. */
  'server-notice': z.object({ serverId: text, serverName: text, event: text, data: z.unknown() }),
  'speech-lost': z.object({ part: z.enum(['hearing', 'speaking']), code: text, message: text }),
  'speech-recovered': z.object({ part: z.enum(['hearing', 'speaking']), ms }),
  /** The call goes on, but from here on nothing of it is recorded. */
  'recording-lost': z.object({ code: text }),
  'recording-deleted': z.object({ why: z.enum(['too-old', 'asked']) }),
  /** Content was erased; `left` has, by `seq`, what is left of each event: its data without what was said or given. */
  'payload-erased': z.object({
    what: z.enum(contentKinds),
    why: z.enum(['too-old', 'asked']),
    left: z.record(z.string(), z.unknown()),
  }),
  'log-delayed': z.object({ ms, events: z.number().int() }),
  'call-ended': z.object({ reason: endedReasonSchema, durationMs: ms }),
  'call-failed': z.object({ code: text, message: text, durationMs: ms.nullable() }),
} as const;

export type CallEventType = keyof typeof eventData;
export type CallEventData<T extends CallEventType = CallEventType> = z.infer<(typeof eventData)[T]>;

/** What a writer hands to the log; the log gives it `seq`, hashes and `recordedAt`. */
export type NewCallEvent = {
  [T in CallEventType]: {
    /** Made by the writer, so that a repeated append is the same event. */
    id: string;
    type: T;
    data: CallEventData<T>;
    /** Milliseconds from t = 0 of the call's clock; null when the writer has no such clock (it is derived on reading). */
    at: number | null;
    turnId?: string | undefined;
    toolCallId?: string | undefined;
  };
}[CallEventType];

const base = z.object({
  seq: z.number().int().positive(),
  /** Milliseconds from t = 0; negative before the agent joined; null until t = 0 is known. */
  at: z.number().nullable(),
  recordedAt: z.string(),
  turnId: z.string().optional(),
  toolCallId: z.string().optional(),
  /** What was said or given is not kept any more: `data` is what is left of it. */
  erased: z.literal(true).optional(),
});

/** One row of the log as every reader gets it. */
export type CallEvent = {
  [T in CallEventType]: z.infer<typeof base> & { type: T; data: CallEventData<T> };
}[CallEventType];

export const callEventTypes = Object.keys(eventData) as CallEventType[];

const typeSchema = z.object({ type: z.enum(callEventTypes as [CallEventType, ...CallEventType[]]) });
/** Made once a type: a long call has twenty thousand rows. */
const rowSchemas = new Map<CallEventType, z.ZodType>();

/** Parses one event at a border. Throws a ZodError when the row is not one of the union. */
export function parseCallEvent(row: unknown): CallEvent {
  const { type } = typeSchema.parse(row);
  const schema = rowSchemas.get(type) ?? base.extend({ type: z.literal(type), data: eventData[type] });
  rowSchemas.set(type, schema);
  return schema.parse(row) as CallEvent;
}

/** Checks the data of a new event before it is written. */
export function parseEventData<T extends CallEventType>(type: T, data: unknown): CallEventData<T> {
  return eventData[type].parse(data) as CallEventData<T>;
}

/** Data for an event whose payload is gone without a word of what is left of it: readers go on. */
export function emptyEventData(type: string): unknown {
  return emptyData(eventData[typeSchema.parse({ type }).type]);
}

/** The zod schema of the whole union, for the OpenAPI document. */
export const callEventSchema = z.discriminatedUnion(
  'type',
  callEventTypes.map((type) => base.extend({ type: z.literal(type), data: eventData[type] })) as unknown as [
    z.ZodObject<{ type: z.ZodLiteral<string> }>,
  ],
);
