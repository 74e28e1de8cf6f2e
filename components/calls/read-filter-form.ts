import { type CallFilter, callFilterOf } from '#src/lib/calls/call-filter.ts';

/** The filters that someone filled in: seconds become ms, the reader's local time a moment. */
export function readFilterForm(form: FormData, q: string | undefined): CallFilter {
  const query: Record<string, string> = q === undefined ? {} : { q };
  for (const [name, value] of form) {
    if (typeof value !== 'string' || value.trim() === '') continue;
    if (name.endsWith('Ms')) query[name] = String(Math.round(Number(value) * 1000));
    else if (name === 'from' || name === 'to') query[name] = new Date(value).toISOString();
    else query[name] = value.trim();
  }
  return callFilterOf(query);
}
