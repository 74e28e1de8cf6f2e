import type { CallFilter, CallFilterName } from '#src/lib/calls/call-filter.ts';
import { endedWords } from '#src/lib/calls/ended-words.ts';
import { flagNames } from '#src/lib/flags/flag-code.ts';
import { durationWords } from '#src/lib/time-words.ts';

/** A filter in words: what it looks at, and what is wanted of it. */
export type FilterWords = { name: CallFilterName; label: string; value: string };

export const sinceWords: Record<NonNullable<CallFilter['since']>, string> = {
  hour: 'last hour',
  day: 'last 24 hours',
  week: 'last 7 days',
  month: 'last 30 days',
};
export const statusWords: Record<NonNullable<CallFilter['status']>, string> = {
  placed: 'waiting',
  live: 'running',
  ended: 'ended',
  failed: 'failed',
};
export const callerKindWords: Record<NonNullable<CallFilter['callerKind']>, string> = {
  member: 'a member',
  synthetic: 'synthetic',
  api: 'by the API',
  guest: 'a guest',
};

/** The filters that are set, in the order they are offered; the searched words are not among them. */
export function filterWords(filter: CallFilter, assistantName: (id: string) => string | undefined): FilterWords[] {
  const found: FilterWords[] = [];
  const add = (name: CallFilterName, label: string, value: string | undefined) => {
    if (filter[name] !== undefined && value !== undefined) found.push({ name, label, value });
  };
  const { since, from, to, status, endedReason, flag, replyOverMs, minMs, maxMs, failedTool } = filter;
  add('since', 'When', since && sinceWords[since]);
  add('from', 'From', from && momentWords(from));
  add('to', 'Until', to && momentWords(to));
  add('assistantId', 'Assistant', assistantName(filter.assistantId ?? '') ?? 'a deleted one');
  add('version', 'Version', filter.version === 'draft' ? 'draft' : `v${filter.version}`);
  add('caller', 'Caller', filter.caller);
  add('callerKind', 'Caller is', filter.callerKind && callerKindWords[filter.callerKind]);
  add('status', 'Outcome', status && statusWords[status]);
  add('endedReason', 'Ended', endedReason && endedWords(endedReason).toLowerCase());
  add('broken', 'Needs a look', 'yes');
  add('flag', 'Flagged', flag && (flag === 'any' ? 'with anything' : flagNames[flag]));
  add('tool', 'Tool used', filter.tool);
  add('failedTool', 'Tool failed', failedTool === 'any' ? 'any' : failedTool);
  add('wrote', 'Write done', 'yes');
  add('replyOverMs', 'Reply over', replyOverMs === undefined ? undefined : durationWords(replyOverMs));
  add('minMs', 'At least', minMs === undefined ? undefined : durationWords(minMs));
  add('maxMs', 'At most', maxMs === undefined ? undefined : durationWords(maxMs));
  add('label', 'Label', filter.label);
  return found;
}

/** `2026-03-01 14:05 UTC`: the same words on the server and in the browser. */
const momentWords = (at: string): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
