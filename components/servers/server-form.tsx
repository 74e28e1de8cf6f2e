'use client';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import { SecretInput } from '#src/components/ui/secret-input.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import {
  cleanKey,
  type McpAuthInput,
  type McpServer,
  type McpServerInput,
  mcpServerInputSchema,
} from '#src/lib/mcp/mcp-server.ts';

type Kind = McpAuthInput['type'];

const kinds: { value: Kind; label: string }[] = [
  { value: 'api-key', label: 'API key in a header' },
  { value: 'bearer', label: 'Bearer token' },
  { value: 'none', label: 'No check' },
];

/** Name, address and key of a server. Saves, then hands the server on to be tested. */
export function ServerForm(props: {
  server: McpServer | null;
  /** The newest handshake ended at the key. */
  keyRefused: boolean;
  busy: boolean;
  submitLabel: string;
  save: (input: McpServerInput) => Promise<ActionResult<McpServer>>;
  onSaved: (server: McpServer) => void;
  acts?: ReactNode;
}) {
  const { server } = props;
  const auth = server?.auth ?? { type: 'api-key' as const, in: 'header' as const, name: 'x-api-key', hasKey: false };
  const [kind, setKind] = useState<Kind>(auth.type);
  const [key, setKey] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const hasKey = server !== null && server.auth.type === kind && server.auth.type !== 'none' && server.auth.hasKey;
  const trimmed = key !== cleanKey(key);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const secret = key === '' && hasKey ? {} : { key };
    const parsed = mcpServerInputSchema.safeParse({
      name: form.get('name'),
      url: form.get('url'),
      auth:
        kind === 'none'
          ? { type: 'none' }
          : kind === 'bearer'
            ? { type: 'bearer', ...secret }
            : { type: 'api-key', in: 'header', name: form.get('header') || undefined, ...secret },
      ...(server ? { phase: server.phase, toolsFilter: server.toolsFilter } : {}),
    });
    if (!parsed.success) {
      setErrors(Object.fromEntries(parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message])));
      return;
    }
    setErrors({});
    setProblem(null);
    setSaving(true);
    const saved = await props.save(parsed.data);
    setSaving(false);
    if (!saved.ok) return setProblem(saved.problem);
    setKey('');
    props.onSaved(saved.value);
  };

  return (
    <form method="post" onSubmit={submit} noValidate className="grid content-start gap-[15px]">
      <Field label="Name" error={errors.name}>
        {(control) => (
          <Input {...control} name="name" defaultValue={server?.name} placeholder="POS · Trattoria" maxLength={80} />
        )}
      </Field>
      <Field
        label="Server URL"
        error={errors.url}
        help="Its MCP address over Streamable HTTP, such as https://pos.example/mcp"
      >
        {(control) => (
          <Input
            {...control}
            name="url"
            type="url"
            inputMode="url"
            defaultValue={server?.url}
            placeholder="https://"
            className="font-mono"
            spellCheck={false}
            autoComplete="off"
          />
        )}
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="pb-[5px] text-sm font-med text-ink-2">How does it check who you are?</legend>
        {kinds.map((one) => (
          <label
            key={one.value}
            className="grid cursor-pointer grid-cols-[18px_1fr] items-center gap-2 rounded-2 border border-line px-2.5 py-[7px] has-checked:border-accent has-checked:inset-ring has-checked:inset-ring-accent"
          >
            <input
              type="radio"
              name="kind"
              value={one.value}
              checked={kind === one.value}
              onChange={() => setKind(one.value)}
              className="m-0 accent-accent"
            />
            {one.label}
          </label>
        ))}
      </fieldset>
      {kind !== 'none' && (
        <div className={kind === 'api-key' ? 'grid grid-cols-[130px_1fr] gap-2.5' : 'grid'}>
          {kind === 'api-key' && (
            <Field label="Header" error={errors['auth.name']}>
              {(control) => (
                <Input
                  {...control}
                  name="header"
                  defaultValue={auth.type === 'api-key' ? auth.name : 'x-api-key'}
                  className="font-mono"
                  spellCheck={false}
                />
              )}
            </Field>
          )}
          <Field
            label="Key"
            error={
              errors['auth.key'] ??
              (props.keyRefused && key === '' ? 'The server refused this key. Paste a new one.' : undefined)
            }
            help={trimmed ? 'White space or quotes around the key are left out.' : undefined}
          >
            {(control) => (
              <SecretInput
                {...control}
                label="key"
                name="key"
                value={key}
                onChange={(event) => setKey(event.target.value)}
                placeholder={hasKey ? 'Stored. Leave empty to keep it.' : 'Paste it here'}
                autoComplete="off"
              />
            )}
          </Field>
        </div>
      )}
      <p className="text-sm text-ink-3">Stored encrypted. Never shown again, never sent to the browser or the model.</p>
      <ProblemNote problem={problem} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" kind="primary" disabled={saving || props.busy}>
          {saving ? 'Saving…' : props.busy ? 'Testing…' : props.submitLabel}
        </Button>
        {props.acts}
      </div>
    </form>
  );
}
