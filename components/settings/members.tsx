'use client';
import { useState } from 'react';
import { InviteDialog } from '#src/components/settings/invite-dialog.tsx';
import { RoleSelect } from '#src/components/settings/role-select.tsx';
import { SettingsRow, SettingsSection } from '#src/components/settings/settings-section.tsx';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { ConfirmDialog } from '#src/components/ui/confirm-dialog.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import { mayGrant, type Role, roleWords } from '#src/lib/teams/rights.ts';

export type MemberRow = { userId: string; name: string; email: string; role: Role };
export type InviteRow = { id: string; role: Role; createdBy: string; expiresAt: string };
export type MemberActions = {
  invite: (role: Role) => Promise<ActionResult<{ url: string; expiresAt: string }>>;
  revokeInvite: (id: string) => Promise<ActionResult>;
  changeRole: (userId: string, role: Role) => Promise<ActionResult>;
  remove: (userId: string) => Promise<ActionResult>;
};

/** Who is in the team and what each may do; others come in by a link that carries a role. */
export function Members(props: {
  members: MemberRow[];
  invites: InviteRow[];
  me: { userId: string; role: Role };
  mayWrite: boolean;
  actions: MemberActions;
}) {
  const { actions, me } = props;
  const [busy, change] = useChange();
  const [leaving, setLeaving] = useState<MemberRow | null>(null);
  const [inviting, setInviting] = useState(false);
  return (
    <SettingsSection
      title="Members"
      hint="Everyone has one role. A role may do what the roles below it may do."
      acts={props.mayWrite && <Button onClick={() => setInviting(true)}>Invite someone</Button>}
    >
      <ul>
        {props.members.map((member) => {
          const touchable = props.mayWrite && mayGrant(me.role, member.role);
          return (
            <SettingsRow key={member.userId}>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-med">
                  {member.name} {member.userId === me.userId && <Chip>you</Chip>}
                </span>
                <span className="block truncate text-sm text-ink-3">{member.email}</span>
              </span>
              {touchable ? (
                <RoleSelect
                  label={`Role of ${member.name}`}
                  actor={me.role}
                  value={member.role}
                  disabled={busy}
                  onChange={(role) =>
                    change(() => actions.changeRole(member.userId, role), `${member.name} is ${role} now.`)
                  }
                />
              ) : (
                <Chip title={roleWords[member.role]}>{member.role}</Chip>
              )}
              {touchable && member.userId !== me.userId && (
                <Button size="sm" kind="ghost" aria-label={`Remove ${member.name}`} onClick={() => setLeaving(member)}>
                  Remove
                </Button>
              )}
            </SettingsRow>
          );
        })}
        {props.invites.map((invite) => (
          <SettingsRow key={invite.id}>
            <span className="min-w-0 flex-1 text-ink-2">
              Invitation by {invite.createdBy}
              <span className="block text-sm text-ink-3">
                open until <LocalTime at={invite.expiresAt} as="moment" />
              </span>
            </span>
            <Chip>{invite.role}</Chip>
            {props.mayWrite && (
              <Button
                size="sm"
                kind="ghost"
                disabled={busy}
                onClick={() => change(() => actions.revokeInvite(invite.id), 'The link no longer works.')}
              >
                Revoke
              </Button>
            )}
          </SettingsRow>
        ))}
      </ul>
      <InviteDialog open={inviting} onOpenChange={setInviting} actor={me.role} invite={actions.invite} />
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={(open) => !open && setLeaving(null)}
        title={`Remove ${leaving?.name ?? ''}?`}
        act="Remove from the team"
        onAct={() =>
          leaving && change(() => actions.remove(leaving.userId), `${leaving.name} is no longer in the team.`)
        }
      >
        They are signed out at once and lose access. What they made stays.
      </ConfirmDialog>
    </SettingsSection>
  );
}
