import { doublePrecision, index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { createdAt, searchWords, teamId } from '#src/server/db/schema/columns.ts';

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
