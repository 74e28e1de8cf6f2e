'use client';
import { useState } from 'react';
import { SettingsRow, SettingsSection } from '#src/components/settings/settings-section.tsx';
import { ShownOnce } from '#src/components/settings/shown-once.tsx';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { LocalTime } from '#src/components/ui/local-time.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import type { Webhook } from '#src/lib/notices/webhook.ts';

export type WebhookActions = {
  create: (url: string) => Promise<ActionResult<{ secret: string }>>;
  remove: (id: string) => Promise<ActionResult>;
};

/** Where else a notice goes: a server that went down, a definition that changed. */
export function Webhooks(props: { webhooks: Webhook[]; actions: WebhookActions }) {
  const [, change] = useChange();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  return (
    <SettingsSection
      title="Webhooks"
      hint="Told when a server goes down or comes back, and when its tools change. Each request is signed."
      acts={<Button onClick={() => setAdding(true)}>Add webhook</Button>}
    >
      {props.webhooks.length === 0 ? (
        <p className="text-ink-3">None. Notices also stand on the Servers page.</p>
      ) : (
        <ul>
          {props.webhooks.map((webhook) => (
            <SettingsRow key={webhook.id}>
              <span className="min-w-0 flex-1">
                <span className="mono block truncate">{webhook.url}</span>
                <span className="block text-sm text-ink-3">
                  {webhook.lastAt ? (
                    <>
                      last told <LocalTime at={webhook.lastAt} />, answer {webhook.lastStatus}
                    </>
                  ) : (
                    'not told of anything yet'
                  )}
                </span>
              </span>
              <Button
                size="sm"
                kind="ghost"
                aria-label={`Remove ${webhook.url}`}
                onClick={() => change(() => props.actions.remove(webhook.id), 'The webhook is removed.')}
              >
                Remove
              </Button>
            </SettingsRow>
          ))}
        </ul>
      )}
      <Dialog
        open={adding}
        onOpenChange={(open) => {
          setAdding(open);
          if (!open) setSecret(null);
        }}
        title="Add webhook"
        description="X-Patchbay-Signature is the HMAC-SHA256 of “timestamp.body” with this webhook’s secret."
      >
        {secret ? (
          <ShownOnce label="Secret" secret={secret} hint="Copy it now. It is not shown again." />
        ) : (
          <form
            method="post"
            className="grid gap-3"
            onSubmit={async (event) => {
              event.preventDefault();
              const made = await props.actions.create(String(new FormData(event.currentTarget).get('url')));
              setProblem(made.ok ? null : made.problem);
              if (made.ok) setSecret(made.value.secret);
            }}
          >
            <Field label="Address">
              {(control) => (
                <Input
                  {...control}
                  name="url"
                  type="url"
                  placeholder="https://"
                  className="font-mono"
                  autoComplete="off"
                />
              )}
            </Field>
            <ProblemNote problem={problem} />
            <Button type="submit" kind="primary" className="justify-self-start">
              Add webhook
            </Button>
          </form>
        )}
      </Dialog>
    </SettingsSection>
  );
}
