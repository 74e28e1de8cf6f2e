'use client';
import { Field, Input, Select } from '#src/components/ui/field.tsx';
import { SecretInput } from '#src/components/ui/secret-input.tsx';
import { cleanKey, type McpServer } from '#src/lib/mcp/mcp-server.ts';

export type AuthKind = McpServer['auth']['type'];

export const authKinds: { value: AuthKind; label: string }[] = [
  { value: 'api-key', label: 'API key' },
  { value: 'bearer', label: 'Bearer token' },
  { value: 'oauth', label: 'OAuth' },
  { value: 'none', label: 'No check' },
];

/** How a server checks who asks, and what it needs for that. */
export function AuthFields(props: {
  server: McpServer | null;
  kinds: typeof authKinds;
  kind: AuthKind;
  onKind: (kind: AuthKind) => void;
  secret: string;
  onSecret: (secret: string) => void;
  errors: Record<string, string>;
  keyRefused: boolean;
}) {
  const { server, kind, secret, errors } = props;
  const stored = server?.auth;
  const hasKey = stored !== undefined && stored.type === kind && stored.type !== 'none' && stored.hasKey;
  const keyField = (label: string, help?: string) => (
    <Field
      label={label}
      error={
        errors['auth.key'] ??
        (props.keyRefused && secret === '' && kind !== 'oauth'
          ? 'The server refused this key. Paste a new one.'
          : undefined)
      }
      help={secret === cleanKey(secret) ? help : 'White space, quotes or “Bearer” around the key are left out.'}
    >
      {(control) => (
        <SecretInput
          {...control}
          label={label.toLowerCase()}
          name="key"
          value={secret}
          onChange={(event) => props.onSecret(event.target.value)}
          placeholder={hasKey ? 'Stored. Leave empty to keep it.' : 'Paste it here'}
          autoComplete="off"
        />
      )}
    </Field>
  );
  return (
    <>
      <fieldset className="grid gap-1.5">
        <legend className="pb-[5px] text-sm font-med text-ink-2">How does it check who you are?</legend>
        {props.kinds.map((one) => (
          <label
            key={one.value}
            className="grid cursor-pointer grid-cols-[18px_1fr] items-center gap-2 rounded-2 border border-line px-2.5 py-[7px] has-checked:border-accent has-checked:inset-ring has-checked:inset-ring-accent"
          >
            <input
              type="radio"
              name="kind"
              value={one.value}
              checked={kind === one.value}
              onChange={() => props.onKind(one.value)}
              className="m-0 accent-accent"
            />
            {one.label}
          </label>
        ))}
      </fieldset>
      {kind === 'api-key' && (
        <>
          <div className="grid grid-cols-[110px_1fr] gap-2.5">
            <Field label="Sent in">
              {(control) => (
                <Select {...control} name="in" defaultValue={stored?.type === 'api-key' ? stored.in : 'header'}>
                  <option value="header">a header</option>
                  <option value="query">the address</option>
                </Select>
              )}
            </Field>
            <Field label="Header or parameter" error={errors['auth.name']}>
              {(control) => (
                <Input
                  {...control}
                  name="header"
                  defaultValue={stored?.type === 'api-key' ? stored.name : 'x-api-key'}
                  className="font-mono"
                  spellCheck={false}
                />
              )}
            </Field>
          </div>
          {keyField('Key')}
        </>
      )}
      {kind === 'bearer' && keyField('Key')}
      {kind === 'oauth' && (
        <>
          <Field label="Who signs in">
            {(control) => (
              <Select {...control} name="grant" defaultValue={stored?.type === 'oauth' ? stored.grant : undefined}>
                <option value="authorization-code">A person, in the browser</option>
                <option value="client-credentials">Patchbay itself (client credentials)</option>
              </Select>
            )}
          </Field>
          <Field label="Client id" help="Leave empty: Patchbay registers itself, or shows its metadata document.">
            {(control) => (
              <Input
                {...control}
                name="clientId"
                defaultValue={stored?.type === 'oauth' ? stored.clientId : undefined}
                className="font-mono"
                spellCheck={false}
                autoComplete="off"
              />
            )}
          </Field>
          {keyField('Client secret', 'Only where the client has one.')}
          <Field label="Scopes" help="Separated by spaces. Leave empty: only what the server asks for.">
            {(control) => (
              <Input
                {...control}
                name="scopes"
                defaultValue={stored?.type === 'oauth' ? stored.scopes.join(' ') : ''}
                className="font-mono"
                spellCheck={false}
                autoComplete="off"
              />
            )}
          </Field>
        </>
      )}
      {kind !== 'none' && (
        <p className="text-sm text-ink-3">
          Stored encrypted. Never shown again, never sent to the browser or the model.
          {hasKey && ' After a change the old key serves for a while where the new one is refused.'}
        </p>
      )}
    </>
  );
}
