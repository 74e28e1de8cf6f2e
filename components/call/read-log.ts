import { type CallEvent, parseCallEvent } from '#src/lib/calls/call-event.ts';

/** The log that a page came with, as JSON: as one text it travels ten times as fast as twenty thousand objects. */
export function readLog(text: string): CallEvent[] {
  const rows: unknown = JSON.parse(text);
  return Array.isArray(rows) ? rows.map(parseCallEvent) : [];
}
