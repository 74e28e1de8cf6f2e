import type { CallFilter } from '#src/lib/calls/call-filter.ts';
import type { ListedCall } from '#src/lib/calls/listed-call.ts';
import { countCalls, countedCalls, findCalls } from '#src/server/calls/read-calls.ts';

/** What the page of calls shows of a team: calls that go on above, then a page of the others, and how many there are in all. */
export type CallsPage = {
  running: ListedCall[];
  items: ListedCall[];
  /** The `before` of the following page. */
  next: string | null;
  count: number;
  /** There are more than were counted. */
  more: boolean;
};

/** Reads it. The first page is counted while it is looked for: the calls are not looked through a second time. */
export async function readCallsPage(
  teamId: string,
  filter: CallFilter,
  page: { before?: string | undefined; limit: number },
): Promise<CallsPage> {
  const first = page.before === undefined;
  const [running, others] = await Promise.all([
    findCalls(teamId, { ...filter, open: true, limit: page.limit }, countedCalls),
    findCalls(teamId, { ...filter, ...page, open: false }, first ? countedCalls : page.limit),
  ]);
  const { count, more } = first
    ? { count: running.count + others.count, more: running.more || others.more }
    : await countCalls(teamId, filter);
  const inAll = more ? { count: countedCalls, more } : { count, more };
  return { running: running.items, items: others.items, next: others.next, ...inAll };
}
