import { index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { TeamSettings } from '#src/lib/teams/team-settings.ts';
import { createdAt, moment, teamId } from '#src/server/db/schema/columns.ts';

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

/** What a team decided once for all its calls: how long things are kept, and what callers are told. */
export const teamSettings = pgTable('team_settings', {
  teamId: text('team_id').primaryKey(),
  settings: jsonb('settings').$type<TeamSettings>().notNull(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});
