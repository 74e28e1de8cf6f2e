import type { Metadata } from 'next';
import { CallList } from '#src/components/calls/call-list.tsx';
import { CallNow } from '#src/components/calls/call-now.tsx';
import { FollowUpsLink } from '#src/components/follow-ups/follow-ups-link.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { type CallStatus, callStatusSchema } from '#src/lib/calls/call.ts';
import { may } from '#src/lib/teams/rights.ts';
import { listAssistants } from '#src/server/assistants/read-assistants.ts';
import { readCallShapes } from '#src/server/calls/read-call-shapes.ts';
import { listCalls } from '#src/server/calls/read-calls.ts';
import { countOpenFollowUps } from '#src/server/follow-ups/follow-ups.ts';
import { requireMember } from '#src/server/teams/session.ts';

export const metadata: Metadata = { title: 'Calls' };

const pageSize = 50;

export default async function CallsPage(props: {
  searchParams: Promise<{ [name: string]: string | string[] | undefined }>;
}) {
  const query = await props.searchParams;
  const { teamId, role } = await requireMember('call:read');
  const status: CallStatus | undefined = callStatusSchema.safeParse(query.status).data;
  const assistantId = typeof query.assistant === 'string' ? query.assistant : undefined;
  const before = typeof query.before === 'string' && !Number.isNaN(Date.parse(query.before)) ? query.before : undefined;
  const [{ items, next }, live, assistants, openFollowUps] = await Promise.all([
    listCalls(teamId, { status, assistantId, before, limit: pageSize }),
    listCalls(teamId, { status: 'live', limit: pageSize }),
    listAssistants(teamId),
    countOpenFollowUps(teamId),
  ]);
  const shapes = await readCallShapes(
    teamId,
    items.map((call) => call.id),
  );
  const filtered = status !== undefined || assistantId !== undefined || before !== undefined;
  const callable = may(role, 'call:place') ? assistants.map(({ id, name }) => ({ id, name })) : [];
  return (
    <>
      <PageHead acts={<CallNow assistants={callable} />}>
        <h1 className="text-lg font-bold">Calls</h1>
        <FollowUpsLink open={openFollowUps} />
        <span className="text-sm text-ink-3">{live.items.length > 0 ? `${live.items.length} running now` : ''}</span>
      </PageHead>
      {items.length === 0 && !filtered ? (
        <Empty title="No calls yet" act={<CallNow assistants={callable} />}>
          Talk to an assistant in this browser. The call shows up here while it goes on.
        </Empty>
      ) : (
        <CallList
          key={`${status}${assistantId}${before}`}
          calls={items.map((call) => ({ call, shape: shapes.get(call.id) }))}
          older={next === null ? null : olderHref(query, next)}
          status={status ?? null}
          assistantId={assistantId ?? null}
          assistants={assistants.map(({ id, name }) => ({ id, name }))}
        />
      )}
    </>
  );
}

function olderHref(query: { [name: string]: string | string[] | undefined }, next: string): string {
  const params = new URLSearchParams();
  for (const name of ['status', 'assistant']) {
    const value = query[name];
    if (typeof value === 'string') params.set(name, value);
  }
  params.set('before', next);
  return `/calls?${params}`;
}
