'use client';
import { useState } from 'react';
import type { CheckStep } from '#src/components/assistants/pipeline-step.tsx';
import { ProviderCheck } from '#src/components/settings/provider-check.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Field, Input, TextArea } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import { SecretInput } from '#src/components/ui/secret-input.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import { cleanKey } from '#src/lib/mcp/mcp-server.ts';
import { priceLines, readPrices } from '#src/lib/providers/model-price.ts';
import { type Provider, type ProviderInput, providerInputSchema } from '#src/lib/providers/provider.ts';

export type SaveProvider = (id: string | null, input: ProviderInput) => Promise<ActionResult<Provider>>;

/** Name, address and key of a provider; once saved, each of its three uses can be checked. */
export function ProviderDialog(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  provider: Provider | null;
  save: SaveProvider;
  check: CheckStep;
}) {
  const [provider, setProvider] = useState(props.provider);
  const [key, setKey] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  return (
    <Dialog
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={provider ? provider.name : 'Add provider'}
      description="The key is stored encrypted and never shown again."
    >
      <form
        method="post"
        noValidate
        className="grid gap-3"
        onSubmit={async (event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const prices = readPrices(String(form.get('prices') ?? ''));
          const parsed = providerInputSchema.safeParse({
            name: form.get('name'),
            baseUrl: form.get('baseUrl'),
            ...(key === '' ? {} : { key }),
            prices: prices.prices,
          });
          if (!parsed.success || prices.problem) {
            return setErrors({
              ...Object.fromEntries((parsed.error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message])),
              ...(prices.problem ? { prices: prices.problem } : {}),
            });
          }
          setErrors({});
          setBusy(true);
          const saved = await props.save(provider?.id ?? null, parsed.data);
          setBusy(false);
          setProblem(saved.ok ? null : saved.problem);
          if (!saved.ok) return;
          setKey('');
          setProvider(saved.value);
        }}
      >
        <Field label="Name" error={errors.name}>
          {(control) => (
            <Input
              {...control}
              name="name"
              defaultValue={provider?.name}
              placeholder="OpenAI"
              maxLength={80}
              autoComplete="off"
            />
          )}
        </Field>
        <Field label="Base URL" error={errors.baseUrl} help="With its version part.">
          {(control) => (
            <Input
              {...control}
              name="baseUrl"
              defaultValue={provider?.baseUrl}
              placeholder="https://api.openai.com/v1"
              className="font-mono"
              spellCheck={false}
              autoComplete="off"
            />
          )}
        </Field>
        <Field
          label="Key"
          error={errors.key}
          help={
            key !== cleanKey(key)
              ? 'White space or quotes around the key are left out.'
              : 'Leave it empty for a model server without one.'
          }
        >
          {(control) => (
            <SecretInput
              {...control}
              label="key"
              name="key"
              value={key}
              onChange={(event) => setKey(event.target.value)}
              placeholder={provider?.hasKey ? 'Stored. Leave empty to keep it.' : 'Paste it here'}
              autoComplete="off"
            />
          )}
        </Field>
        <Field
          label="Prices, if the cost of each turn is to be shown"
          error={errors.prices}
          help="One model a line: its name, then dollars for a million tokens read and for a million written."
        >
          {(control) => (
            <TextArea
              {...control}
              name="prices"
              rows={2}
              defaultValue={priceLines(provider?.prices ?? [])}
              placeholder="gpt-5-mini 0.25 2"
              className="font-mono"
              spellCheck={false}
            />
          )}
        </Field>
        <ProblemNote problem={problem} />
        <Button type="submit" kind="primary" disabled={busy} className="justify-self-start">
          {busy ? 'Saving…' : 'Save provider'}
        </Button>
      </form>
      {provider && <ProviderCheck providerId={provider.id} check={props.check} />}
    </Dialog>
  );
}
