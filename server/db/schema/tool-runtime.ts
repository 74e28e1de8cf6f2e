import {
  boolean,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import { moment, teamId } from '#src/server/db/schema/columns.ts';

/** One run of a tool, for figures: how long it took, how much it answered. No arguments and no results. */
export const toolRuns = pgTable(
  'tool_runs',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    serverId: text('server_id').notNull(),
    tool: text('tool').notNull(),
    source: text('source').$type<'call' | 'inspector'>().notNull(),
    ok: boolean('ok').notNull(),
    ms: doublePrecision('ms').notNull(),
    /** Characters of the answer as the server gave it, and as the model got it. */
    rawChars: integer('raw_chars').notNull(),
    shapedChars: integer('shaped_chars').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [index('tool_runs_tool').on(t.teamId, t.serverId, t.tool, t.at)],
);

/** Answers of reads that may be given again; never across teams, servers, credentials or arguments: all four are in the key. */
export const toolCache = pgTable(
  'tool_cache',
  {
    teamId: teamId(),
    /** SHA-256 over server, tool, canonical arguments and credential. */
    key: text('key').notNull(),
    serverId: text('server_id').notNull(),
    result: jsonb('result').notNull(),
    storedAt: moment('stored_at').notNull().defaultNow(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.key] }), index('tool_cache_server').on(t.teamId, t.serverId)],
);

/** Each write that was to be sent: written before its first byte leaves, so that no request is ever sent twice. */
export const writeRequests = pgTable(
  'write_requests',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    callId: text('call_id').notNull(),
    toolCallId: text('tool_call_id').notNull(),
    serverId: text('server_id').notNull(),
    tool: text('tool').notNull(),
    /** SHA-256 over server, tool, canonical arguments and what released it: one request, however often it is repeated. */
    key: text('key').notNull(),
    state: text('state').$type<'sent' | 'done' | 'not-done' | 'in-doubt'>().notNull(),
    answer: text('answer'),
    at: moment('at').notNull().defaultNow(),
    settledAt: moment('settled_at'),
  },
  (t) => [
    uniqueIndex('write_requests_key').on(t.teamId, t.callId, t.key),
    index('write_requests_call').on(t.teamId, t.callId),
  ],
);

/** How a team's servers fare, for all calls at once: one that fails and fails is let rest. */
export const serverCircuits = pgTable(
  'server_circuits',
  {
    teamId: teamId(),
    serverId: text('server_id').notNull(),
    /** Failures in a row. */
    failures: integer('failures').notNull().default(0),
    /** It is not asked before; null while it is asked as usual. */
    restsUntil: moment('rests_until'),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.serverId] })],
);

/** What servers of phase `after-call` were told of a call. */
export const afterCallRuns = pgTable(
  'after_call_runs',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    callId: text('call_id').notNull(),
    serverId: text('server_id').notNull(),
    serverName: text('server_name').notNull(),
    tool: text('tool').notNull(),
    state: text('state').$type<'waiting' | 'done' | 'failed'>().notNull(),
    attempts: integer('attempts').notNull().default(0),
    error: text('error'),
    at: moment('at').notNull().defaultNow(),
    settledAt: moment('settled_at'),
  },
  (t) => [uniqueIndex('after_call_runs_once').on(t.teamId, t.callId, t.serverId)],
);

/** What a server sent to us; the id is its digest, so that a replay is known. */
export const hookEvents = pgTable(
  'hook_events',
  {
    id: text('id').notNull(),
    teamId: teamId(),
    serverId: text('server_id').notNull(),
    event: text('event').notNull(),
    data: jsonb('data').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.id] }), index('hook_events_server').on(t.teamId, t.serverId, t.at)],
);
