import type { Metadata } from 'next';
import { connectActions } from '#src/app/(console)/servers/connect-actions.ts';
import { NewServer } from '#src/components/servers/new-server.tsx';
import { ServerPicks } from '#src/components/servers/server-picks.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { listServers } from '#src/server/mcp/list-servers.ts';
import { requireMember } from '#src/server/teams/session.ts';

export const metadata: Metadata = { title: 'New server' };

export default async function NewServerPage() {
  const { teamId, role } = await requireMember('server:write');
  return (
    <>
      <PageHead>
        <h1 className="text-lg font-bold">Servers</h1>
        <ServerPicks servers={await listServers(teamId)} current={null} />
      </PageHead>
      <NewServer actions={connectActions(role)} />
    </>
  );
}
