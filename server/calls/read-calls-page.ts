import type { CallFilter } from '#src/lib/calls/call-filter.ts';
import type { ListedCall } from '#src/lib/calls/listed-call.ts';
import { countCalls, listCalls } from '#src/server/calls/read-calls.ts';

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

/** Reads it. What one page holds is counted already: the calls are not looked through a second time. */
export async function readCallsPage(
  teamId: string,
  filter: CallFilter,
  page: { before?: string | undefined; limit: number },
): Promise<CallsPage> {
  const [running, others] = await Promise.all([
    listCalls(teamId, { ...filter, open: true, limit: page.limit }),
    listCalls(teamId, { ...filter, ...page, open: false }),
  ]);
  const found = { running: running.items, ...others };
  if (page.before === undefined && others.next === null && running.next === null)
    return { ...found, count: running.items.length + others.items.length, more: false };
  return { ...found, ...(await countCalls(teamId, filter)) };
}
