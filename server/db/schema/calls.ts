import { sql } from 'drizzle-orm';
import {
  bigint,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { FrozenCall } from '#src/lib/calls/frozen-call.ts';
import type { HeardFigures, RecordingPeaks } from '#src/lib/calls/recording.ts';
import { moment, teamId } from '#src/server/db/schema/columns.ts';

export const calls = pgTable(
  'calls',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    assistantId: text('assistant_id').notNull(),
    assistantName: text('assistant_name').notNull(),
    version: integer('version'),
    frozen: jsonb('frozen').$type<FrozenCall>().notNull(),
    room: text('room').notNull(),
    status: text('status').notNull(),
    callerKind: text('caller_kind').notNull(),
    callerName: text('caller_name').notNull(),
    callerUserId: text('caller_user_id'),
    /** The tester link that it came by. */
    callerLinkId: text('caller_link_id'),
    say: jsonb('say').$type<string[]>(),
    /** Taken by a synthetic caller; null while one is wanted. */
    sayClaimedAt: moment('say_claimed_at'),
    placedAt: moment('placed_at').notNull().defaultNow(),
    /** t = 0 of the call's clock in wall time. */
    clockStart: moment('clock_start'),
    endedAt: moment('ended_at'),
    endedReason: text('ended_reason'),
    failureCode: text('failure_code'),
    failureMessage: text('failure_message'),
    heartbeatAt: moment('heartbeat_at'),
    turns: integer('turns').notNull().default(0),
    toolCalls: integer('tool_calls').notNull().default(0),
    toolFailures: integer('tool_failures').notNull().default(0),
    /** Found by what happened in it; folded from the log while it goes on and when it is over. */
    durationMs: doublePrecision('duration_ms'),
    tools: text('tools').array().notNull().default(sql`'{}'`),
    failedTools: text('failed_tools').array().notNull().default(sql`'{}'`),
    writesDone: integer('writes_done').notNull().default(0),
    /** Codes of what is wrong with it, though it may have ended well. */
    flags: text('flags').array().notNull().default(sql`'{}'`),
    /** The longest that the caller waited for an answer, ms: by the pipeline, and as heard on the recording. */
    replyMs: doublePrecision('reply_ms'),
    heardReplyMs: doublePrecision('heard_reply_ms'),
    lastSeq: integer('last_seq').notNull().default(0),
    lastHash: text('last_hash').notNull().default(''),
  },
  (t) => [
    index('calls_team').on(t.teamId, t.placedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('calls_flags').using('gin', t.flags),
    index('calls_tools').using('gin', t.tools),
    index('calls_link').on(t.teamId, t.callerLinkId).where(sql`caller_link_id is not null`),
    index('calls_assistant').on(t.teamId, t.assistantId, t.placedAt.desc().nullsFirst()),
    index('calls_open').on(t.status).where(sql`status in ('placed', 'live')`),
  ],
);

/** Append-only: the application's role may insert and read. */
export const callEvents = pgTable(
  'call_events',
  {
    callId: text('call_id').notNull(),
    seq: integer('seq').notNull(),
    teamId: teamId(),
    eventId: text('event_id').notNull(),
    type: text('type').notNull(),
    /** Milliseconds from t = 0; null when the writer had no such clock. */
    at: doublePrecision('at_ms'),
    recordedAt: moment('recorded_at').notNull(),
    turnId: text('turn_id'),
    toolCallId: text('tool_call_id'),
    payloadHash: text('payload_hash').notNull(),
    hash: text('hash').notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.seq] }), uniqueIndex('call_events_id').on(t.callId, t.eventId)],
);

export const callEventPayloads = pgTable(
  'call_event_payloads',
  {
    callId: text('call_id').notNull(),
    seq: integer('seq').notNull(),
    teamId: teamId(),
    data: jsonb('data').notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.seq] })],
);

/** The recording of a call; the sound itself is in the file store under `key`. */
export const recordings = pgTable(
  'recordings',
  {
    callId: text('call_id').primaryKey(),
    teamId: teamId(),
    state: text('state').$type<'recording' | 'ready' | 'incomplete' | 'deleted'>().notNull(),
    key: text('key').notNull(),
    bytes: bigint('bytes', { mode: 'number' }).notNull().default(0),
    durationMs: doublePrecision('duration_ms').notNull().default(0),
    /** Loudest samples, for the waveform: `{stepMs, caller: number[], agent: number[]}`, 0 to 255. */
    peaks: jsonb('peaks').$type<RecordingPeaks>(),
    /** What a listener would measure: waits, silences, talking at once. */
    heard: jsonb('heard').$type<HeardFigures>(),
    at: moment('at').notNull().defaultNow(),
    deletedAt: moment('deleted_at'),
  },
  (t) => [index('recordings_team').on(t.teamId, t.at)],
);
