import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
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
import { createdAt, moment, teamId } from '#src/server/db/schema/columns.ts';

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
