import { doublePrecision, index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { LinkOptions } from '#src/lib/links/link.ts';
import { createdAt, moment, teamId } from '#src/server/db/schema/columns.ts';

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
