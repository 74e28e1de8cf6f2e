import { z } from 'zod';
import { callerKindSchema, callStatusSchema, endedReasonSchema } from '#src/lib/calls/call.ts';
import { flagCodeSchema } from '#src/lib/flags/flag-code.ts';

/** How far back `since` reaches, ms. */
export const sinceMs = {
  hour: 3_600_000,
  day: 86_400_000,
  week: 7 * 86_400_000,
  month: 30 * 86_400_000,
} as const;

const name = z.string().trim().min(1).max(200);
const ms = z.coerce.number().min(0).max(86_400_000);
const yes = z.literal('true');

/** Which calls are wanted. Each field narrows down; all are text, so that they stand in an address as they are. */
export const callFilterSchema = z.object({
  status: callStatusSchema.optional(),
  assistantId: name.optional(),
  /** A published version, or the draft. */
  version: z.union([z.literal('draft'), z.coerce.number().int().positive().max(2_000_000_000)]).optional(),
  /** Placed within this time before now; `from` and `to` are moments. */
  since: z.enum(['hour', 'day', 'week', 'month']).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  callerKind: callerKindSchema.optional(),
  /** A part of the caller's name. */
  caller: name.optional(),
  endedReason: endedReasonSchema.optional(),
  tool: name.optional(),
  /** A tool of this name failed or is in doubt; `any`: whichever. */
  failedTool: name.optional(),
  /** A write was carried out. */
  wrote: yes.optional(),
  flag: z.union([z.literal('any'), flagCodeSchema]).optional(),
  /** Failed, flagged, or a tool failed. */
  broken: yes.optional(),
  /** The longest wait for an answer was over this, ms: as heard, else by the pipeline. */
  replyOverMs: ms.optional(),
  minMs: ms.optional(),
  maxMs: ms.optional(),
  label: name.optional(),
  /** Words that were said, or that tools were given or answered; the last one may be its beginning only. */
  q: name.optional(),
});
export type CallFilter = z.output<typeof callFilterSchema>;
export type CallFilterName = keyof CallFilter;

export const callFilterNames = callFilterSchema.keyof().options;

/** Reads filters from an address; what is not valid is left out, because people edit addresses. */
export function callFilterOf(query: Record<string, string | string[] | undefined>): CallFilter {
  const found: Record<string, unknown> = {};
  for (const key of callFilterNames) {
    const given = query[key];
    if (typeof given !== 'string') continue;
    if (callFilterSchema.safeParse({ [key]: given }).success) found[key] = given;
  }
  return callFilterSchema.parse(found);
}

/** The same as it stands in an address; empty without filters. */
export function callFilterQuery(filter: CallFilter): string {
  const query = new URLSearchParams();
  for (const key of callFilterNames) {
    const value = filter[key];
    if (value !== undefined) query.set(key, String(value));
  }
  return query.toString();
}

/** The address of the list of these calls. */
export function callsHref(filter: CallFilter): string {
  const query = callFilterQuery(filter);
  return query === '' ? '/calls' : `/calls?${query}`;
}
