'use client';
import { type FormEvent, type ReactNode, useState } from 'react';
import { AuthFields, type AuthKind, authKinds } from '#src/components/servers/auth-fields.tsx';
import { LimitFields } from '#src/components/servers/limit-fields.tsx';
import { readServerForm } from '#src/components/servers/read-server-form.ts';
import { RestTools } from '#src/components/servers/rest-tools.tsx';
import { StdioFields } from '#src/components/servers/stdio-fields.tsx';
import { Button } from '#src/components/ui/button.tsx';
import { Field, Input, Select } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import { type McpServer, type McpServerInput, type RestDialect, restSchema } from '#src/lib/mcp/mcp-server.ts';

type Transport = McpServer['transport'];

const transportWords: Record<Transport, { label: string; help: string }> = {
  'streamable-http': { label: 'Streamable HTTP', help: 'Its MCP address, such as https://pos.example/mcp' },
  sse: { label: 'HTTP + SSE (old)', help: 'Its event address, such as https://pos.example/sse' },
  rest: { label: 'Plain REST', help: 'What stands before /query and /action, such as https://pos.example/api' },
  stdio: { label: 'A program on this machine', help: '' },
};

/** Name, address and key of a server. Saves, then hands the server on to be tested. */
export function ServerForm(props: {
  server: McpServer | null;
  mayStdio: boolean;
  mayRaw: boolean;
  /** The newest handshake ended at the key. */
  keyRefused: boolean;
  busy: boolean;
  submitLabel: string;
  save: (input: McpServerInput) => Promise<ActionResult<McpServer>>;
  onSaved: (server: McpServer) => void;
  acts?: ReactNode;
}) {
  const { server } = props;
  const [transport, setTransport] = useState<Transport>(server?.transport ?? 'streamable-http');
  const [kind, setKind] = useState<AuthKind>(server?.auth.type ?? 'api-key');
  const [rest, setRest] = useState<RestDialect>(server?.rest ?? restSchema.parse({}));
  const [key, setKey] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const local = transport === 'stdio';

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const parsed = readServerForm(new FormData(event.currentTarget), { server, transport, kind, key, rest });
    if (!parsed.ok) return setErrors(parsed.errors);
    setErrors({});
    setProblem(null);
    setSaving(true);
    const saved = await props.save(parsed.input);
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
      {!server && (
        <Field label="Reached over">
          {(control) => (
            <Select
              {...control}
              value={transport}
              onChange={(event) => {
                const next = event.target.value;
                if (next in transportWords) setTransport(next as Transport);
              }}
            >
              {Object.entries(transportWords)
                .filter(([value]) => value !== 'stdio' || props.mayStdio)
                .map(([value, { label }]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
            </Select>
          )}
        </Field>
      )}
      {local ? (
        <StdioFields server={server} errors={errors} />
      ) : (
        <>
          <Field label="Server URL" error={errors.url} help={transportWords[transport].help}>
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
          <AuthFields
            server={server}
            kinds={transport === 'rest' ? authKinds.filter((one) => one.value !== 'oauth') : authKinds}
            kind={kind}
            onKind={setKind}
            secret={key}
            onSecret={setKey}
            errors={errors}
            keyRefused={props.keyRefused}
          />
        </>
      )}
      {transport === 'rest' && <RestTools rest={rest} onChange={setRest} error={errors.rest} mayRaw={props.mayRaw} />}
      <LimitFields server={server} errors={errors} />
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
