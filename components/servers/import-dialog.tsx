'use client';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '#src/components/ui/button.tsx';
import { Dialog } from '#src/components/ui/dialog.tsx';
import { Field, Input, TextArea } from '#src/components/ui/field.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import type { ActionResult, Problem } from '#src/lib/action-result.ts';
import type { ConfigProblem } from '#src/lib/mcp/config-file/configured-server.ts';
import { counted } from '#src/lib/time-words.ts';
import { visibleText } from '#src/lib/visible-text.ts';

export type Imported = {
  created: { id: string; name: string; ok: boolean; tools: number; unmatched: string[] }[];
  problems: ConfigProblem[];
  needs: string[];
};
export type ImportServers = (text: string, values: Record<string, string>) => Promise<ActionResult<Imported>>;

const example = JSON.stringify({
  mcpServers: { till: { url: 'https://till.example/mcp', headers: { 'x-api-key': `$${'{TILL_KEY}'}` } } },
});

/** Adds servers from a configuration file: pasted, or chosen. Says of each what came of it. */
export function ImportDialog(props: { open: boolean; onOpenChange: (open: boolean) => void; run: ImportServers }) {
  const [text, setText] = useState('');
  const [values, setValues] = useState<Record<string, string>>({});
  const [imported, setImported] = useState<Imported | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const names = [...new Set([...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g)].map((match) => match[1] ?? ''))];
  const run = async () => {
    setBusy(true);
    const answer = await props.run(text, values);
    setBusy(false);
    setProblem(answer.ok ? null : answer.problem);
    if (answer.ok) setImported(answer.value);
  };
  return (
    <Dialog
      open={props.open}
      onOpenChange={(open) => {
        props.onOpenChange(open);
        if (!open) setImported(null);
      }}
      title="Import servers"
      description="An mcp.json, an mcp block with tools_filter, or an export of Patchbay. Each server is tested at once."
      wide
    >
      {imported ? (
        <Outcome imported={imported} onAgain={() => setImported(null)} />
      ) : (
        <div className="grid gap-3">
          <Field label="Configuration">
            {(control) => (
              <TextArea
                {...control}
                rows={10}
                value={text}
                onChange={(event) => setText(event.target.value)}
                placeholder={example}
                className="font-mono text-[12px]"
                spellCheck={false}
              />
            )}
          </Field>
          <label className="text-sm">
            <span className="mr-2 text-ink-2">Or choose a file</span>
            <input
              type="file"
              accept=".json,.yaml,.yml,application/json"
              onChange={async (event) => {
                const file = event.target.files?.[0];
                if (file) setText(await file.text());
              }}
            />
          </label>
          {names.map((name) => (
            <Field key={name} label={<span className="font-mono">{name}</span>} help="The file leaves this to you.">
              {(control) => (
                <Input
                  {...control}
                  type="password"
                  autoComplete="off"
                  value={values[name] ?? ''}
                  onChange={(event) => setValues({ ...values, [name]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <ProblemNote problem={problem} />
          <Button
            kind="primary"
            className="justify-self-start"
            disabled={busy || text.trim() === ''}
            onClick={() => void run()}
          >
            {busy ? 'Importing and testing…' : 'Import and test'}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

function Outcome({ imported, onAgain }: { imported: Imported; onAgain: () => void }) {
  return (
    <div className="grid gap-3">
      <p role="status">
        <b className="font-med">{counted(imported.created.length, 'server')} added.</b>
      </p>
      <ul>
        {imported.created.map((server) => (
          <li key={server.id} className="flex items-baseline gap-2 border-t border-line py-1.5 last:border-b">
            <Glyph kind={server.ok ? 'ok' : 'failed'} />
            <Link href={`/servers/${server.id}`} className="link font-med">
              {visibleText(server.name)}
            </Link>
            <span className="text-sm text-ink-3">
              {server.ok ? counted(server.tools, 'tool') : 'its handshake failed'}
              {server.unmatched.length > 0 &&
                `; its filter names what it does not have: ${visibleText(server.unmatched.join(', '))}`}
            </span>
          </li>
        ))}
      </ul>
      {imported.needs.length > 0 && (
        <p className="text-write">No value was given for {imported.needs.map(visibleText).join(', ')}.</p>
      )}
      {imported.problems.length > 0 && (
        <section>
          <h3 className="text-sm font-med text-ink-2">What could not be taken over</h3>
          <ul className="text-sm">
            {imported.problems.map((one) => (
              <li key={one.path + one.message} className="py-0.5">
                <span className="mono">{visibleText(one.path)}</span> {visibleText(one.message)}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Button className="justify-self-start" onClick={onAgain}>
        Import more
      </Button>
    </div>
  );
}
