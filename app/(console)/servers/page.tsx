import type { Metadata } from 'next';
import { importServersAction, seenNoticesAction } from '#src/app/(console)/servers/actions.ts';
import { NoticeList } from '#src/components/servers/notice-list.tsx';
import { ServerTable } from '#src/components/servers/server-table.tsx';
import { ServersActs } from '#src/components/servers/servers-acts.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { may } from '#src/lib/teams/rights.ts';
import { counted } from '#src/lib/time-words.ts';
import { listServerTools } from '#src/server/mcp/catalogue.ts';
import { assistantsUsing } from '#src/server/mcp/delete-server.ts';
import { listServers } from '#src/server/mcp/list-servers.ts';
import { listNotices } from '#src/server/notices/read-notices.ts';
import { requireMember } from '#src/server/teams/session.ts';

export const metadata: Metadata = { title: 'Servers' };

export default async function ServersPage() {
  const { teamId, role } = await requireMember('server:read');
  const [servers, notices] = await Promise.all([listServers(teamId), listNotices(teamId, { limit: 20 })]);
  const rows = await Promise.all(
    servers.map(async (server) => {
      const [tools, usedBy] = await Promise.all([
        listServerTools(teamId, server.id),
        assistantsUsing(teamId, server.id),
      ]);
      return {
        server,
        tools: tools.length,
        allowed: tools.filter((tool) => tool.policy.allowed).length,
        usedBy: usedBy.map((assistant) => assistant.name),
      };
    }),
  );
  const acts = may(role, 'server:write') && <ServersActs run={importServersAction} none={servers.length === 0} />;
  return (
    <>
      <PageHead acts={servers.length > 0 && acts}>
        <h1 className="text-lg font-bold">Servers</h1>
        <span className="text-sm text-ink-3">{counted(servers.length, 'MCP server')}</span>
      </PageHead>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
        {servers.length === 0 ? (
          <Empty title="No server yet" act={acts}>
            A server is where tools come from: a till, a calendar, a table of yours. All it needs is a name, an address
            and a key.
          </Empty>
        ) : (
          <>
            <NoticeList notices={notices.items.filter((notice) => notice.seenAt === null)} seen={seenNoticesAction} />
            <ServerTable rows={rows} />
          </>
        )}
      </div>
    </>
  );
}
