'use client';
import { useState } from 'react';
import { SettingsRow, SettingsSection } from '#src/components/settings/settings-section.tsx';
import { TokenDialog } from '#src/components/settings/token-dialog.tsx';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { ConfirmDialog } from '#src/components/ui/confirm-dialog.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Role } from '#src/lib/teams/rights.ts';

export type TokenRow = {
  id: string;
  name: string;
  role: Role;
  hint: string;
  createdBy: string | null;
  createdAt: string;
  lastUsedAt: string | null;
};
export type TokenActions = {
  create: (name: string, role: Role) => Promise<ActionResult<{ token: string }>>;
  revoke: (id: string) => Promise<ActionResult>;
};

/** What programs use to reach the API. */
export function Tokens(props: { tokens: TokenRow[]; actor: Role; actions: TokenActions }) {
  const [, change] = useChange();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<TokenRow | null>(null);
  return (
    <SettingsSection
      title="API tokens"
      hint={
        <>
          For programs, at <span className="mono">/api/v1</span>. A token has a role like a member.
        </>
      }
      acts={<Button onClick={() => setCreating(true)}>Create token</Button>}
    >
      {props.tokens.length === 0 ? (
        <p className="text-ink-3">No token yet. Everything here can also be done by a program that has one.</p>
      ) : (
        <ul>
          {props.tokens.map((token) => (
            <SettingsRow key={token.id}>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-med">{token.name}</span>
                <span className="block text-sm text-ink-3">
                  made <LocalTime at={token.createdAt} as="day" />
                  {token.createdBy && ` by ${token.createdBy}`},{' '}
                  {token.lastUsedAt ? (
                    <>
                      last used <LocalTime at={token.lastUsedAt} />
                    </>
                  ) : (
                    'never used'
                  )}
                </span>
              </span>
              <span className="mono text-sm text-ink-3">…{token.hint}</span>
              <Chip>{token.role}</Chip>
              <Button size="sm" kind="ghost" aria-label={`Revoke ${token.name}`} onClick={() => setRevoking(token)}>
                Revoke
              </Button>
            </SettingsRow>
          ))}
        </ul>
      )}
      <TokenDialog open={creating} onOpenChange={setCreating} actor={props.actor} create={props.actions.create} />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => !open && setRevoking(null)}
        title={`Revoke ${revoking?.name ?? ''}?`}
        act="Revoke token"
        onAct={() => revoking && change(() => props.actions.revoke(revoking.id), `${revoking.name} no longer works.`)}
      >
        Programs that use it are refused at once. This cannot be undone.
      </ConfirmDialog>
    </SettingsSection>
  );
}
