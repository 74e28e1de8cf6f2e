import { customType, text, timestamp } from 'drizzle-orm/pg-core';

/** The team that a row belongs to; row-level security goes by it. */
export const teamId = () => text('team_id').notNull();
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });
export const createdAt = () => moment('created_at').notNull().defaultNow();
/** What full-text search finds words in. */
export const searchWords = customType<{ data: string }>({ dataType: () => 'tsvector' });
