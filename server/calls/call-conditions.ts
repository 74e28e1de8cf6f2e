import { and, eq, gt, gte, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import { type CallFilter, sinceMs } from '#src/lib/calls/call-filter.ts';
import { searchWords } from '#src/lib/calls/search-words.ts';
import { flagCodeSchema, roughFlags } from '#src/lib/flags/flag-code.ts';
import type { TeamTx } from '#src/server/db/for-team.ts';
import { callLabels, calls } from '#src/server/db/schema.ts';

/** The longest wait of a call: as it was heard, else as the pipeline measured it. */
export const longestReply = sql`coalesce(${calls.heardReplyMs}, ${calls.replyMs})`;

const brokenFlags = sql.raw(
  flagCodeSchema.options
    .filter((code) => !roughFlags.has(code))
    .map((code) => `'${code}'`)
    .join(', '),
);

/** A call that someone should look at: what was only rough does not count. */
export const isBroken = sql`(${calls.status} = 'failed' or ${calls.toolFailures} > 0 or ${calls.flags} && array[${brokenFlags}]::text[])`;

/** What the filters ask of the rows of `calls`, but for the words; undefined when nothing is asked. */
export function callConditions(filter: CallFilter, now: Date): SQL | undefined {
  const { version, failedTool, flag } = filter;
  return and(
    filter.status && eq(calls.status, filter.status),
    filter.assistantId ? eq(calls.assistantId, filter.assistantId) : undefined,
    version === undefined
      ? undefined
      : version === 'draft'
        ? sql`${calls.version} is null`
        : eq(calls.version, version),
    filter.since && gte(calls.placedAt, new Date(now.getTime() - sinceMs[filter.since])),
    filter.from ? gte(calls.placedAt, new Date(filter.from)) : undefined,
    filter.to ? lt(calls.placedAt, new Date(filter.to)) : undefined,
    filter.callerKind && eq(calls.callerKind, filter.callerKind),
    filter.caller ? sql`position(lower(${filter.caller}) in lower(${calls.callerName})) > 0` : undefined,
    filter.endedReason && eq(calls.endedReason, filter.endedReason),
    filter.tool ? sql`${calls.tools} @> array[${filter.tool}]::text[]` : undefined,
    failedTool === undefined
      ? undefined
      : failedTool === 'any'
        ? or(sql`${calls.failedTools} <> '{}'`, gt(calls.toolFailures, 0))
        : sql`${calls.failedTools} @> array[${failedTool}]::text[]`,
    filter.wrote && gt(calls.writesDone, 0),
    flag && (flag === 'any' ? sql`${calls.flags} <> '{}'` : sql`${calls.flags} @> array[${flag}]::text[]`),
    filter.broken && isBroken,
    filter.replyOverMs === undefined ? undefined : sql`${longestReply} > ${filter.replyOverMs}`,
    filter.minMs === undefined ? undefined : gte(calls.durationMs, filter.minMs),
    filter.maxMs === undefined ? undefined : lte(calls.durationMs, filter.maxMs),
    filter.label
      ? sql`${calls.id} in (select ${callLabels.callId} from ${callLabels} where ${callLabels.label} = ${filter.label})`
      : undefined,
  );
}

/** From this many calls on, words are common. */
const commonWords = 10_000;

/**
 * What the searched words ask of the rows of `calls`. Few calls are collected; for common words the newest are tried one by one,
 * which finds a page soon and never has to look at all.
 */
export async function wordsCondition(tx: TeamTx, typed: string): Promise<{ condition: SQL; common: boolean }> {
  const query = wordsQuery(typed);
  const [row] = await tx.execute<{ found: number }>(
    sql`select count(*)::int as found from calls_with_words(${query}, ${commonWords})`,
  );
  const common = row !== undefined && row.found >= commonWords;
  const condition = common
    ? sql`call_has_words(${calls.id}, ${query})`
    : sql`${calls.id} in (select calls_with_words(${query}, ${commonWords}))`;
  return { condition, common };
}

/** What someone typed as a query over words. */
export function wordsQuery(typed: string): SQL {
  const { whole, prefix } = searchWords(typed);
  const query = sql`websearch_to_tsquery('simple', ${whole})`;
  // The prefix is letters and digits only: nothing in it is an operator.
  return prefix === null ? query : sql`(${query} && to_tsquery('simple', ${`${prefix}:*`}))`;
}
