import type { Metadata } from 'next';
import { makeTalkLinkAction } from '#src/app/(console)/assistants/[id]/link-actions.ts';
import {
  allowToolsAction,
  publishAssistantAction,
  readAssistantAction,
  readVersionAction,
  saveDraftAction,
} from '#src/app/(console)/assistants/actions.ts';
import { revokeLinkAction } from '#src/app/(console)/revoke-link-action.ts';
import { connectActions } from '#src/app/(console)/servers/connect-actions.ts';
import { checkProviderAction } from '#src/app/(console)/settings/provider-actions.ts';
import { orNotFound } from '#src/app/or-not-found.ts';
import { AssistantEditor } from '#src/components/assistants/editor.tsx';
import { listedTool } from '#src/lib/mcp/listed-tool.ts';
import { may } from '#src/lib/teams/rights.ts';
import { listVersions, readAssistant, readVersion } from '#src/server/assistants/read-assistants.ts';
import { listCalls } from '#src/server/calls/read-calls.ts';
import { listTalkLinks } from '#src/server/links/talk-links.ts';
import { listServerTools } from '#src/server/mcp/catalogue.ts';
import { listServers, readOffers } from '#src/server/mcp/list-servers.ts';
import { listProviders } from '#src/server/providers/providers.ts';
import { requireMember } from '#src/server/teams/session.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { teamId } = await requireMember('assistant:read');
  const assistant = await orNotFound(readAssistant(teamId, (await params).id));
  return { title: assistant.name };
}

export default async function AssistantPage({ params }: Props) {
  const { id } = await params;
  const { teamId, role } = await requireMember('assistant:read');
  const assistant = await orNotFound(readAssistant(teamId, id));
  const [published, versions, servers, providers, lastCalls, testerLinks] = await Promise.all([
    assistant.publishedVersion === null ? null : readVersion(teamId, id, assistant.publishedVersion),
    listVersions(teamId, id),
    serversWithTools(teamId),
    may(role, 'provider:read') ? listProviders(teamId) : [],
    listCalls(teamId, { assistantId: id, limit: 1 }),
    may(role, 'call:share') ? listTalkLinks(teamId, id) : null,
  ]);
  return (
    <AssistantEditor
      key={id}
      assistant={assistant}
      published={published}
      versions={versions}
      servers={servers}
      providers={providers}
      lastCallAt={lastCalls.items[0]?.placedAt ?? null}
      mayWrite={may(role, 'assistant:write')}
      mayCall={may(role, 'call:place')}
      testerLinks={testerLinks}
      actions={{
        save: saveDraftAction.bind(null, id),
        read: readAssistantAction.bind(null, id),
        publish: publishAssistantAction.bind(null, id),
        version: readVersionAction.bind(null, id),
        connect: connectActions(role),
        allow: allowToolsAction,
        check: checkProviderAction,
        links: { make: makeTalkLinkAction.bind(null, id), takeBack: revokeLinkAction },
      }}
    />
  );
}

async function serversWithTools(teamId: string) {
  const servers = await listServers(teamId);
  return Promise.all(
    servers.map(async (server) => {
      const [tools, offers] = await Promise.all([listServerTools(teamId, server.id), readOffers(teamId, server.id)]);
      return { ...server, tools: tools.map(listedTool), offers };
    }),
  );
}
