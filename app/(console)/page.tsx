import type { Metadata } from 'next';
import { CallNow } from '#src/components/calls/call-now.tsx';
import { HomePage } from '#src/components/home/home-page.tsx';
import { ButtonLink } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { may } from '#src/lib/teams/rights.ts';
import { listAssistants } from '#src/server/assistants/read-assistants.ts';
import { countOpenFollowUps } from '#src/server/follow-ups/follow-ups.ts';
import { homeFigures } from '#src/server/home/home-figures.ts';
import { listNotices } from '#src/server/notices/read-notices.ts';
import { requireMember } from '#src/server/teams/session.ts';

export const metadata: Metadata = { title: 'Home' };

const shownNotices = 4;

export default async function Home() {
  const { teamId, teamName, role } = await requireMember('call:read');
  const [figures, openFollowUps, notices, assistants] = await Promise.all([
    homeFigures(teamId),
    countOpenFollowUps(teamId),
    listNotices(teamId, { limit: shownNotices }),
    listAssistants(teamId),
  ]);
  const callable = may(role, 'call:place') ? assistants.map(({ id, name }) => ({ id, name })) : [];
  return (
    <>
      <PageHead acts={figures.everCalled && <CallNow assistants={callable} />}>
        <h1 className="text-lg font-bold">{teamName}</h1>
      </PageHead>
      {figures.everCalled ? (
        <HomePage
          figures={figures}
          openFollowUps={openFollowUps}
          notices={notices.items.filter(({ seenAt }) => seenAt === null)}
        />
      ) : (
        <Empty
          title="Nobody has called yet"
          act={
            <>
              <CallNow assistants={callable} />
              <ButtonLink href="/assistants">Look at the assistants</ButtonLink>
              <ButtonLink href="/servers">Look at the servers</ButtonLink>
            </>
          }
        >
          Place a test call in this browser. What went well and what did not is shown here afterwards.
        </Empty>
      )}
    </>
  );
}
