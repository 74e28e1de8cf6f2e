import { ChevronRight } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { finishFollowUpAction, reopenFollowUpAction } from '#src/app/(console)/calls/follow-ups/actions.ts';
import { FollowUpRow } from '#src/components/follow-ups/follow-up-row.tsx';
import { ButtonLink } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { may } from '#src/lib/teams/rights.ts';
import { countOpenFollowUps, listFollowUps } from '#src/server/follow-ups/follow-ups.ts';
import { requireMember } from '#src/server/teams/session.ts';

export const metadata: Metadata = { title: 'To follow up' };

const pageSize = 50;

export default async function FollowUpsPage(props: {
  searchParams: Promise<{ [name: string]: string | string[] | undefined }>;
}) {
  const { after } = await props.searchParams;
  const { teamId, role } = await requireMember('call:read');
  const from = typeof after === 'string' && /^\d{1,6}$/.test(after) ? Number(after) : 0;
  const [{ items, next }, open] = await Promise.all([
    listFollowUps(teamId, { after: from, limit: pageSize }),
    countOpenFollowUps(teamId),
  ]);
  return (
    <>
      <PageHead>
        <Link href="/calls" className="inline-flex items-center gap-1.5 text-ink-3 no-underline hover:text-ink">
          Calls <ChevronRight size={13} aria-hidden="true" />
        </Link>
        <h1 className="text-lg font-bold">To follow up</h1>
        <span className="text-sm text-ink-3">{open > 0 ? `${open} open` : ''}</span>
      </PageHead>
      {items.length === 0 ? (
        <Empty title="Nothing to follow up" act={<ButtonLink href="/calls">Show all calls</ButtonLink>}>
          When a call promises that a colleague looks after something, it is listed here.
        </Empty>
      ) : (
        <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
          <ul aria-label="To follow up">
            {items.map((one) => (
              <FollowUpRow
                key={one.id}
                followUp={one}
                withCall
                mayFinish={may(role, 'call:control')}
                actions={{ finish: finishFollowUpAction, reopen: reopenFollowUpAction }}
              />
            ))}
          </ul>
          {next !== null && (
            <div className="px-5 py-3 phone:px-4">
              <ButtonLink href={`/calls/follow-ups?after=${next}`} size="sm">
                Older ones
              </ButtonLink>
            </div>
          )}
        </div>
      )}
    </>
  );
}
