import type { Metadata } from 'next';
import {
  deleteViewAction,
  renameViewAction,
  restoreViewAction,
  saveViewAction,
} from '#src/app/(console)/calls/view-actions.ts';
import { CallList } from '#src/components/calls/call-list.tsx';
import { CallNow } from '#src/components/calls/call-now.tsx';
import { FollowUpsLink } from '#src/components/follow-ups/follow-ups-link.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { callFilterOf, callFilterQuery } from '#src/lib/calls/call-filter.ts';
import { may } from '#src/lib/teams/rights.ts';
import { counted } from '#src/lib/time-words.ts';
import { listAssistants } from '#src/server/assistants/read-assistants.ts';
import { filterChoices } from '#src/server/calls/filter-choices.ts';
import { readCallShapes } from '#src/server/calls/read-call-shapes.ts';
import { readCallsPage } from '#src/server/calls/read-calls-page.ts';
import { listViews } from '#src/server/calls/saved-views.ts';
import { countOpenFollowUps } from '#src/server/follow-ups/follow-ups.ts';
import { requireMember } from '#src/server/teams/session.ts';

export const metadata: Metadata = { title: 'Calls' };

const pageSize = 50;

export default async function CallsPage(props: {
  searchParams: Promise<{ [name: string]: string | string[] | undefined }>;
}) {
  const query = await props.searchParams;
  const { teamId, role } = await requireMember('call:read');
  const filter = callFilterOf(query);
  const before = typeof query.before === 'string' ? query.before : undefined;
  const [page, assistants, choices, views, openFollowUps] = await Promise.all([
    readCallsPage(teamId, filter, { before, limit: pageSize }),
    listAssistants(teamId),
    filterChoices(teamId),
    listViews(teamId),
    countOpenFollowUps(teamId),
  ]);
  // Calls that go on stand above the pages: a page does not move while they end.
  const items = before === undefined ? [...page.running, ...page.items] : page.items;
  const shapes = await readCallShapes(
    teamId,
    items.map((call) => call.id),
  );
  const set = callFilterQuery(filter);
  const callable = may(role, 'call:place') ? assistants.map(({ id, name }) => ({ id, name })) : [];
  return (
    <>
      <PageHead acts={<CallNow assistants={callable} />}>
        <h1 className="text-lg font-bold">Calls</h1>
        <span className="text-sm text-ink-3">
          {page.more ? `${page.count.toLocaleString('en')}+ calls` : counted(page.count, 'call')}
          {page.running.length > 0 ? `, ${page.running.length} running now` : ''}
        </span>
        <FollowUpsLink open={openFollowUps} />
      </PageHead>
      {items.length === 0 && set === '' && before === undefined ? (
        <Empty title="No calls yet" act={<CallNow assistants={callable} />}>
          Talk to an assistant in this browser. The call shows up here while it goes on.
        </Empty>
      ) : (
        <CallList
          filter={filter}
          calls={items.map((call) => ({ call, shape: shapes.get(call.id) }))}
          older={
            page.next === null
              ? null
              : `/calls?${new URLSearchParams([...new URLSearchParams(set), ['before', page.next]])}`
          }
          newest={before === undefined}
          views={views}
          viewActions={{
            save: saveViewAction,
            rename: renameViewAction,
            remove: deleteViewAction,
            restore: restoreViewAction,
          }}
          choices={{ assistants: assistants.map(({ id, name }) => ({ id, name })), ...choices }}
        />
      )}
    </>
  );
}
