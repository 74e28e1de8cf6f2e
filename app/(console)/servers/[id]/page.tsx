import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import {
  approveDefinitionAction,
  deleteServerAction,
  longDescriptionsAction,
  makeHookKeyAction,
  readToolAction,
  restoreServerAction,
  setAfterCallAction,
  setPoliciesAction,
} from '#src/app/(console)/servers/actions.ts';
import { connectActions } from '#src/app/(console)/servers/connect-actions.ts';
import { orNotFound } from '#src/app/or-not-found.ts';
import { ServerPage } from '#src/components/servers/server-page.tsx';
import { ServerPicks } from '#src/components/servers/server-picks.tsx';
import { ButtonLink } from '#src/components/ui/button.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { knownTool, listedTool } from '#src/lib/mcp/listed-tool.ts';
import { packTools } from '#src/lib/mcp/packed-tools.ts';
import { judgeServer } from '#src/lib/mcp/readiness/judge-server.ts';
import { may } from '#src/lib/teams/rights.ts';
import { toolArguments } from '#src/server/calls/tool-arguments.ts';
import { listServerTools } from '#src/server/mcp/catalogue.ts';
import { assistantsUsing } from '#src/server/mcp/delete-server.ts';
import { listServers, readOffers, readServer } from '#src/server/mcp/list-servers.ts';
import { listHandshakes } from '#src/server/mcp/run-handshake.ts';
import { listChecks } from '#src/server/mcp/server-checks.ts';
import { serverUsage } from '#src/server/mcp/usage.ts';
import { requireMember } from '#src/server/teams/session.ts';

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ [name: string]: string | string[] | undefined }>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { teamId } = await requireMember('server:read');
  const server = await orNotFound(readServer(teamId, (await params).id));
  return { title: server.name };
}

export default async function OneServerPage({ params, searchParams }: Props) {
  const { id } = await params;
  const { oauth, tool, call, toolCall } = await searchParams;
  const { teamId, role } = await requireMember('server:read');
  const server = await orNotFound(readServer(teamId, id));
  const [again, servers, checks, tools, usedBy, offers, history, usage] = await Promise.all([
    typeof tool === 'string' && typeof call === 'string' && typeof toolCall === 'string'
      ? toolArguments(teamId, call, toolCall).then((given) => given && { tool, arguments: given })
      : null,
    listServers(teamId),
    listHandshakes(teamId, id),
    listServerTools(teamId, id),
    assistantsUsing(teamId, id),
    readOffers(teamId, id),
    listChecks(teamId, id),
    serverUsage(teamId, id),
  ]);
  // The score of a server is that of the tools that assistants may use; of all while none is allowed.
  const allowed = tools.filter((tool) => tool.policy.allowed);
  const find = (name: string | undefined) => tools.find(({ definition }) => definition.name === name);
  const first = find(again?.tool) ?? tools[0];
  return (
    <>
      <PageHead
        acts={
          may(role, 'server:write') && (
            <ButtonLink href="/servers/new">
              <Plus size={15} aria-hidden="true" /> Add server
            </ButtonLink>
          )
        }
      >
        <h1 className="text-lg font-bold">Servers</h1>
        <ServerPicks servers={servers} current={id} />
      </PageHead>
      <ServerPage
        key={id}
        server={server}
        checks={checks}
        tools={{
          packed: packTools(tools.map(listedTool)),
          first: first ? knownTool(first) : null,
          planned: find(server.afterCall?.tool)?.definition ?? null,
          judged: judgeServer(
            (allowed.length > 0 ? allowed : tools).map(({ definition, readiness }) => ({
              name: definition.name,
              readiness,
            })),
          ),
          read: readToolAction.bind(null, id),
          readLong: longDescriptionsAction.bind(null, id),
        }}
        again={again}
        usedBy={usedBy}
        mayWrite={may(role, 'server:write')}
        health={{
          history,
          watchMinutes: server.watchMinutes,
          usage,
          makeHookKey: may(role, 'server:write') ? makeHookKeyAction.bind(null, id) : null,
        }}
        offers={offers}
        mayTest={may(role, 'server:handshake')}
        mayTry={may(role, 'server:try-tool')}
        oauth={typeof oauth === 'string' ? oauth : null}
        connect={connectActions(role)}
        approve={approveDefinitionAction.bind(null, id)}
        setAfterCall={setAfterCallAction.bind(null, id)}
        setPolicies={setPoliciesAction.bind(null, id)}
        remove={{ remove: deleteServerAction, restore: restoreServerAction }}
      />
    </>
  );
}
