'use client';
import { useState } from 'react';
import type { CheckStep } from '#src/components/assistants/pipeline-step.tsx';
import { ProviderDialog, type SaveProvider } from '#src/components/settings/provider-dialog.tsx';
import { SettingsRow, SettingsSection } from '#src/components/settings/settings-section.tsx';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { ConfirmDialog } from '#src/components/ui/confirm-dialog.tsx';
import type { ActionResult } from '#src/lib/action-result.ts';
import type { Provider } from '#src/lib/providers/provider.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type ProviderActions = { save: SaveProvider; remove: (id: string) => Promise<ActionResult>; check: CheckStep };

/** Where real models and voices come from. Rehearsal needs none. */
export function Providers(props: { providers: Provider[]; mayWrite: boolean; actions: ProviderActions }) {
  const [, change] = useChange();
  const [editing, setEditing] = useState<Provider | 'new' | null>(null);
  const [deleting, setDeleting] = useState<Provider | null>(null);
  return (
    <SettingsSection
      title="Model providers"
      hint="Any address that speaks OpenAI's API. An assistant chooses one for hearing, thinking or speaking."
      acts={props.mayWrite && <Button onClick={() => setEditing('new')}>Add provider</Button>}
    >
      {props.providers.length === 0 ? (
        <p className="text-ink-3">None. Assistants rehearse on this machine, without an account.</p>
      ) : (
        <ul>
          {props.providers.map((provider) => (
            <SettingsRow key={provider.id}>
              <span className="min-w-0 flex-1">
                <span className="block truncate font-med">{visibleText(provider.name)}</span>
                <span className="block truncate font-mono text-[12px] text-ink-3">{visibleText(provider.baseUrl)}</span>
              </span>
              <span className="text-sm text-ink-3">{provider.hasKey ? 'key stored' : 'no key'}</span>
              {props.mayWrite && (
                <>
                  <Button size="sm" onClick={() => setEditing(provider)}>
                    Edit or check
                  </Button>
                  <Button
                    size="sm"
                    kind="ghost"
                    aria-label={`Delete ${provider.name}`}
                    onClick={() => setDeleting(provider)}
                  >
                    Delete
                  </Button>
                </>
              )}
            </SettingsRow>
          ))}
        </ul>
      )}
      <ProviderDialog
        key={editing === null ? 'none' : editing === 'new' ? 'new' : editing.id}
        open={editing !== null}
        onOpenChange={(open) => !open && setEditing(null)}
        provider={editing === 'new' ? null : editing}
        save={props.actions.save}
        check={props.actions.check}
      />
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={(open) => !open && setDeleting(null)}
        title={`Delete ${deleting?.name ?? ''}?`}
        act="Delete provider"
        onAct={() => deleting && change(() => props.actions.remove(deleting.id), `${deleting.name} is deleted.`)}
      >
        Assistants that use it fail until they are given another one. Its key is no longer used.
      </ConfirmDialog>
    </SettingsSection>
  );
}
