import type { Metadata } from 'next';
import {
  changeRoleAction,
  createInviteAction,
  createTokenAction,
  createWebhookAction,
  deleteWebhookAction,
  removeMemberAction,
  resetDemoAction,
  revokeInviteAction,
  revokeTokenAction,
} from '#src/app/(console)/settings/actions.ts';
import { savePrivacySettingsAction } from '#src/app/(console)/settings/privacy-actions.ts';
import {
  checkProviderAction,
  deleteProviderAction,
  saveProviderAction,
} from '#src/app/(console)/settings/provider-actions.ts';
import { saveRecordingSettingsAction } from '#src/app/(console)/settings/recording-actions.ts';
import { DemoData } from '#src/components/settings/demo-data.tsx';
import { Members } from '#src/components/settings/members.tsx';
import { Privacy } from '#src/components/settings/privacy.tsx';
import { Providers } from '#src/components/settings/providers.tsx';
import { Recordings } from '#src/components/settings/recordings.tsx';
import { Tokens } from '#src/components/settings/tokens.tsx';
import { Webhooks } from '#src/components/settings/webhooks.tsx';
import { PageHead } from '#src/components/ui/page-head.tsx';
import { may } from '#src/lib/teams/rights.ts';
import { listWebhooks } from '#src/server/notices/webhooks.ts';
import { listProviders } from '#src/server/providers/providers.ts';
import { listApiTokens } from '#src/server/teams/api-tokens.ts';
import { listInvites } from '#src/server/teams/invites.ts';
import { listMembers } from '#src/server/teams/members.ts';
import { requireMember } from '#src/server/teams/session.ts';
import { readTeamSettings } from '#src/server/teams/team-settings.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const me = await requireMember('member:read');
  const mayMembers = may(me.role, 'member:write');
  const mayTokens = may(me.role, 'token:write');
  const mayProviders = may(me.role, 'provider:read');
  const [members, invites, tokens, providers, webhooks, settings] = await Promise.all([
    listMembers(me.teamId),
    mayMembers ? listInvites(me.teamId) : [],
    mayTokens ? listApiTokens(me.teamId) : [],
    mayProviders ? listProviders(me.teamId) : [],
    mayTokens ? listWebhooks(me.teamId) : [],
    may(me.role, 'team:settings') ? readTeamSettings(me.teamId) : null,
  ]);
  return (
    <>
      <PageHead>
        <h1 className="text-lg font-bold">Settings</h1>
        <span className="text-sm text-ink-3">Team {me.teamName}</span>
      </PageHead>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto phone:overflow-visible">
        <Members
          members={members}
          invites={invites}
          me={{ userId: me.userId, role: me.role }}
          mayWrite={mayMembers}
          actions={{
            invite: createInviteAction,
            revokeInvite: revokeInviteAction,
            changeRole: changeRoleAction,
            remove: removeMemberAction,
          }}
        />
        {mayProviders && (
          <Providers
            providers={providers}
            mayWrite={may(me.role, 'provider:write')}
            actions={{ save: saveProviderAction, remove: deleteProviderAction, check: checkProviderAction }}
          />
        )}
        {mayTokens && (
          <Tokens tokens={tokens} actor={me.role} actions={{ create: createTokenAction, revoke: revokeTokenAction }} />
        )}
        {mayTokens && (
          <Webhooks webhooks={webhooks} actions={{ create: createWebhookAction, remove: deleteWebhookAction }} />
        )}
        {settings && <Recordings settings={settings} save={saveRecordingSettingsAction} />}
        {settings && <Privacy settings={settings} save={savePrivacySettingsAction} />}
        {may(me.role, 'demo:reset') && <DemoData reset={resetDemoAction} />}
      </div>
    </>
  );
}
