import { boolean, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AssistantConfig } from '#src/lib/assistants/assistant-config.ts';
import type { ModelPrice } from '#src/lib/providers/model-price.ts';
import { createdAt, moment, teamId } from '#src/server/db/schema/columns.ts';

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
