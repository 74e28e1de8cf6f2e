import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import type { FrozenCall } from '#src/lib/calls/frozen-call.ts';
import type { HeardFigures, RecordingPeaks } from '#src/lib/calls/recording.ts';
import type { LinkOptions } from '#src/lib/links/link.ts';
import type { AfterCallPlan } from '#src/lib/mcp/after-call-plan.ts';
import type { Handshake } from '#src/lib/mcp/handshake.ts';
import {
  defaultLimits,
  type McpAuth,
  type McpServer,
  type RestDialect,
  type ServerLimits,
  type ServerOffers,
} from '#src/lib/mcp/mcp-server.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import type { ModelPrice } from '#src/lib/providers/model-price.ts';
import type { TeamSettings } from '#src/lib/teams/team-settings.ts';

export * from './auth-schema.ts';

const teamId = () => text('team_id').notNull();
const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
const searchWords = customType<{ data: string }>({ dataType: () => 'tsvector' });
const createdAt = () => moment('created_at').notNull().defaultNow();

/** Facts about this installation, such as the digest of the set-up link. Not team data. */
export const instance = pgTable('instance', { key: text('key').primaryKey(), value: text('value').notNull() });

export const apiTokens = pgTable(
  'api_tokens',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    name: text('name').notNull(),
    role: text('role').notNull(),
    digest: text('digest').notNull().unique(),
    hint: text('hint').notNull(),
    createdBy: text('created_by'),
    createdAt: createdAt(),
    lastUsedAt: moment('last_used_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [index('api_tokens_team').on(t.teamId)],
);

export const invites = pgTable(
  'invites',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    role: text('role').notNull(),
    digest: text('digest').notNull().unique(),
    createdBy: text('created_by').notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [index('invites_team').on(t.teamId)],
);

export const auditEntries = pgTable(
  'audit_entries',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    actor: text('actor').notNull(),
    action: text('action').notNull(),
    target: text('target').notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [index('audit_entries_team').on(t.teamId, t.at)],
);

/** Encrypted secrets: AES-256-GCM with team and id as associated data. */
export const credentials = pgTable(
  'credentials',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    keyId: text('key_id').notNull(),
    sealed: text('sealed').notNull(),
    createdAt: createdAt(),
  },
  (t) => [index('credentials_team').on(t.teamId)],
);

export const providers = pgTable(
  'providers',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    name: text('name').notNull(),
    kind: text('kind').notNull(),
    baseUrl: text('base_url').notNull(),
    credentialId: text('credential_id'),
    prices: jsonb('prices').$type<ModelPrice[]>().notNull().default([]),
    createdAt: createdAt(),
    deletedAt: moment('deleted_at'),
  },
  (t) => [index('providers_team').on(t.teamId)],
);

export const mcpServers = pgTable(
  'mcp_servers',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    name: text('name').notNull(),
    transport: text('transport').notNull(),
    url: text('url').notNull(),
    auth: jsonb('auth').$type<McpAuth>().notNull(),
    credentialId: text('credential_id'),
    /** The key before the last change: it serves until this moment, so that a rotation fails no call. */
    previousCredentialId: text('previous_credential_id'),
    previousUntil: moment('previous_until'),
    stdio: jsonb('stdio').$type<McpServer['stdio']>(),
    /** The variables of a stdio server, sealed as one JSON object; their names are shown. */
    envCredentialId: text('env_credential_id'),
    envNames: jsonb('env_names').$type<string[]>().notNull().default([]),
    rest: jsonb('rest').$type<RestDialect>(),
    /** Of a server that runs after the call: which tool, and what of the call goes into which argument. */
    afterCall: jsonb('after_call').$type<AfterCallPlan>(),
    /** The key with which the server signs what it sends to us. */
    hookCredentialId: text('hook_credential_id'),
    limits: jsonb('limits').$type<ServerLimits>().notNull().default(defaultLimits),
    watchMinutes: integer('watch_minutes').default(15),
    phase: text('phase').notNull(),
    toolsFilter: jsonb('tools_filter').$type<string[]>().notNull(),
    /** Set where a configuration named its tools: they start allowed, as writes. */
    allowNewTools: boolean('allow_new_tools').notNull().default(false),
    /** What the last handshake settled on: no probe is needed on the next connection. */
    era: text('era'),
    instructions: text('instructions'),
    /** Resources, templates and prompts of the last handshake. */
    offers: jsonb('offers').$type<ServerOffers>(),
    state: text('state'),
    checkedAt: moment('checked_at'),
    demo: boolean('demo').notNull().default(false),
    createdAt: createdAt(),
    deletedAt: moment('deleted_at'),
  },
  (t) => [index('mcp_servers_team').on(t.teamId)],
);

export const handshakes = pgTable(
  'handshakes',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    serverId: text('server_id').notNull(),
    ok: boolean('ok').notNull(),
    /** Who asked: a person or a program, or the watch that runs between calls. */
    source: text('source').notNull().default('asked'),
    result: jsonb('result').$type<Handshake>().notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [index('handshakes_server').on(t.teamId, t.serverId, t.at)],
);

/** Every definition that was ever seen, by hash: what a call ran on can be shown years later. */
export const toolDefinitions = pgTable(
  'tool_definitions',
  {
    teamId: teamId(),
    hash: text('hash').notNull(),
    definition: jsonb('definition').$type<ToolDefinition>().notNull(),
    seenAt: moment('seen_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.hash] })],
);

export const serverTools = pgTable(
  'server_tools',
  {
    teamId: teamId(),
    serverId: text('server_id').notNull(),
    name: text('name').notNull(),
    /** The approved definition: what assistants are offered. */
    hash: text('hash').notNull(),
    /** A definition that was listed since and that nobody has approved; the tool is quarantined while it is set. */
    pendingHash: text('pending_hash'),
    pendingSince: moment('pending_since'),
    policy: jsonb('policy').$type<ToolPolicy>().notNull(),
    position: integer('position').notNull(),
    /** Set when the server no longer lists it; the policy waits for its return. */
    goneAt: moment('gone_at'),
  },
  (t) => [primaryKey({ columns: [t.teamId, t.serverId, t.name] })],
);

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

/** An authorization that a person has started in the browser and that the server has not answered yet. */
export const oauthFlows = pgTable(
  'oauth_flows',
  {
    /** SHA-256 of the `state` that travels through the browser. */
    id: text('id').primaryKey(),
    teamId: teamId(),
    serverId: text('server_id').notNull(),
    userId: text('user_id'),
    /** Verifier and issuer, sealed. */
    sealed: text('sealed').notNull(),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [index('oauth_flows_team').on(t.teamId)],
);

/** What a team should know of: a server that went down or came back, a definition that changed. */
export const notices = pgTable(
  'notices',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    kind: text('kind').notNull(),
    serverId: text('server_id'),
    message: text('message').notNull(),
    at: moment('at').notNull().defaultNow(),
    seenAt: moment('seen_at'),
  },
  (t) => [index('notices_team').on(t.teamId, t.at)],
);

/** Addresses of the team that are told of notices; each request is signed with the webhook's own secret. */
export const webhooks = pgTable(
  'webhooks',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    url: text('url').notNull(),
    credentialId: text('credential_id').notNull(),
    createdAt: createdAt(),
    lastStatus: text('last_status'),
    lastAt: moment('last_at'),
  },
  (t) => [index('webhooks_team').on(t.teamId)],
);

/** A question that a server asked while a tool was tried by hand, and what the person answered. */
export const inspectorQuestions = pgTable(
  'inspector_questions',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    serverId: text('server_id').notNull(),
    answer: jsonb('answer').$type<{ action: 'accept' | 'decline' | 'cancel'; content?: Record<string, unknown> }>(),
    createdAt: createdAt(),
  },
  (t) => [index('inspector_questions_team').on(t.teamId)],
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

/** What a person of the team has to do because a call could not. */
export const followUps = pgTable(
  'follow_ups',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    callId: text('call_id').notNull(),
    toolCallId: text('tool_call_id'),
    reason: text('reason').notNull(),
    at: moment('at').notNull().defaultNow(),
    doneAt: moment('done_at'),
    doneBy: text('done_by'),
  },
  (t) => [index('follow_ups_team').on(t.teamId, t.at)],
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

/** What a team decided once for all its calls: how long things are kept, and what callers are told. */
export const teamSettings = pgTable('team_settings', {
  teamId: text('team_id').primaryKey(),
  settings: jsonb('settings').$type<TeamSettings>().notNull(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

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

/** What can be found in a call: what was said, and what tools were given and answered. */
export const callTexts = pgTable(
  'call_texts',
  {
    callId: text('call_id').notNull(),
    seq: integer('seq').notNull(),
    teamId: teamId(),
    kind: text('kind').$type<'caller' | 'agent' | 'tool'>().notNull(),
    at: doublePrecision('at_ms'),
    text: text('text').notNull(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.seq] }), index('call_texts_team').on(t.teamId)],
);

/** All words of a call in one place, kept by the database from `call_texts`: calls are found by it, moments in `call_texts`. */
export const callWords = pgTable(
  'call_words',
  {
    callId: text('call_id').primaryKey(),
    teamId: teamId(),
    words: searchWords('words').notNull(),
  },
  (t) => [index('call_words_team').on(t.teamId), index('call_words_words').using('gin', t.words)],
);

/** A word that people put on a call. */
export const callLabels = pgTable(
  'call_labels',
  {
    callId: text('call_id').notNull(),
    label: text('label').notNull(),
    teamId: teamId(),
    createdBy: text('created_by'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.callId, t.label] }), index('call_labels_team').on(t.teamId, t.label)],
);

/** What someone of the team has to say of a moment of a call. */
export const callComments = pgTable(
  'call_comments',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    callId: text('call_id').notNull(),
    at: doublePrecision('at_ms'),
    text: text('text').notNull(),
    authorId: text('author_id'),
    authorName: text('author_name').notNull(),
    createdAt: createdAt(),
    deletedAt: moment('deleted_at'),
  },
  (t) => [index('call_comments_call').on(t.teamId, t.callId)],
);

/** A kept way to look at the list of calls. */
export const savedViews = pgTable(
  'saved_views',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    name: text('name').notNull(),
    query: text('query').notNull(),
    createdBy: text('created_by'),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex('saved_views_name').on(t.teamId, t.name)],
);

/** A link with which someone without an account reads one call, or places calls to one assistant. */
export const links = pgTable(
  'links',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    kind: text('kind').$type<'call' | 'talk'>().notNull(),
    /** The call that is read, or the assistant that is called. */
    subjectId: text('subject_id').notNull(),
    /** Whom it is for, in the words of whoever made it. */
    name: text('name').notNull().default(''),
    digest: text('digest').notNull().unique(),
    options: jsonb('options').$type<LinkOptions>().notNull().default({}),
    uses: integer('uses').notNull().default(0),
    createdBy: text('created_by'),
    createdAt: createdAt(),
    expiresAt: moment('expires_at').notNull(),
    revokedAt: moment('revoked_at'),
  },
  (t) => [index('links_subject').on(t.teamId, t.subjectId)],
);

/** Who looked at a call. */
export const callLooks = pgTable(
  'call_looks',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    callId: text('call_id').notNull(),
    /** A member's id, `token:…` or `link:…`. */
    who: text('who').notNull(),
    name: text('name').notNull(),
    what: text('what').$type<'page' | 'recording' | 'export' | 'listen'>().notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [index('call_looks_call').on(t.teamId, t.callId, t.at)],
);

export const assistants = pgTable(
  'assistants',
  {
    id: text('id').primaryKey(),
    teamId: teamId(),
    name: text('name').notNull(),
    draft: jsonb('draft').$type<AssistantConfig>().notNull(),
    draftSavedAt: moment('draft_saved_at').notNull().defaultNow(),
    publishedVersion: integer('published_version'),
    demo: boolean('demo').notNull().default(false),
    createdAt: createdAt(),
    deletedAt: moment('deleted_at'),
  },
  (t) => [index('assistants_team').on(t.teamId)],
);

export const assistantVersions = pgTable(
  'assistant_versions',
  {
    teamId: teamId(),
    assistantId: text('assistant_id').notNull(),
    version: integer('version').notNull(),
    config: jsonb('config').$type<AssistantConfig>().notNull(),
    createdBy: text('created_by'),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.assistantId, t.version] }), index('assistant_versions_team').on(t.teamId)],
);

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
