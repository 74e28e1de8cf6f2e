'use client';
import { Play, Square } from 'lucide-react';
import { useMemo, useState } from 'react';
import { commandOf } from '#src/components/tools/copy-forms.ts';
import { JsonInput } from '#src/components/tools/json-input.tsx';
import { QuestionForm } from '#src/components/tools/question-form.tsx';
import { ResultPane } from '#src/components/tools/result-pane.tsx';
import { ObjectFields } from '#src/components/tools/schema-form.tsx';
import { useInspect } from '#src/components/tools/use-inspect.ts';
import { Button } from '#src/components/ui/button.tsx';
import { ConfirmDialog } from '#src/components/ui/confirm-dialog.tsx';
import { CopyButton } from '#src/components/ui/copy-button.tsx';
import { Field } from '#src/components/ui/field.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import { formField } from '#src/lib/json-schema/form-field.ts';
import { initialValue, missingFields } from '#src/lib/json-schema/initial-value.ts';
import { isRecord } from '#src/lib/json-schema/is-record.ts';
import type { Exchange } from '#src/lib/mcp/exchange.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';

/** Calls a tool by hand: a form made from its schema, or JSON; then the answer. A write is asked about first. */
export function TryTool(props: {
  serverId: string;
  definition: ToolDefinition;
  effect: 'read' | 'write';
  /** What the form holds at first, where it was called before. */
  firstArgs?: Record<string, unknown> | undefined;
  onExchange: (exchange: Exchange) => void;
  onTried: () => void;
  onLink?: ((uri: string) => void) | undefined;
}) {
  const { definition } = props;
  const form = useMemo(() => formField(definition.inputSchema), [definition.inputSchema]);
  const [args, setArgs] = useState<Record<string, unknown>>(() => props.firstArgs ?? recordOf(initialValue(form)));
  const [asJson, setAsJson] = useState(form.kind !== 'object');
  const [broken, setBroken] = useState<string | null>(null);
  const [missing, setMissing] = useState<string[]>([]);
  const [asking, setAsking] = useState(false);
  const { run, start, answer, cancel } = useInspect(props.serverId, props.onExchange);

  const send = async () => {
    setMissing([]);
    const done = await start({ kind: 'call-tool', name: definition.name, arguments: args });
    if (done) props.onTried();
  };
  const submit = () => {
    const lacking = asJson ? [] : missingFields(form, args);
    setMissing(lacking);
    if (lacking.length > 0 || broken) return;
    if (props.effect === 'write') setAsking(true);
    else void send();
  };

  return (
    <section aria-label="Try it" className="border-b border-line px-4 py-3.5">
      <form
        method="post"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {asJson ? (
          <Field label="Arguments as JSON">
            {(control) => (
              <JsonInput
                id={control.id}
                value={args}
                rows={8}
                onChange={(value) => setArgs(recordOf(value))}
                onBroken={setBroken}
              />
            )}
          </Field>
        ) : (
          form.kind === 'object' &&
          (form.fields.length === 0 ? (
            <p className="text-sm text-ink-3">It takes no arguments.</p>
          ) : (
            <ObjectFields field={form} value={args} onChange={setArgs} missing={missing} />
          ))
        )}
        <div className="mt-3 flex flex-wrap items-center gap-2">
          {run.running ? (
            <Button onClick={cancel}>
              <Square size={12} aria-hidden="true" /> Stop
            </Button>
          ) : (
            <Button type="submit" kind="primary">
              <Play size={13} aria-hidden="true" /> Run
            </Button>
          )}
          <Button kind="ghost" size="sm" onClick={() => setAsJson(!asJson)} disabled={broken !== null}>
            {asJson ? 'As a form' : 'As JSON'}
          </Button>
          <CopyButton text={commandOf(props.serverId, definition.name, args)} label="Copy as command" />
        </div>
        <p className="mt-1.5 text-sm text-ink-3">Really calls the server.</p>
      </form>
      {run.question && (
        <QuestionForm
          key={run.question.id}
          question={run.question}
          onAnswer={(action, content) => void answer(action, content)}
        />
      )}
      <ProblemNote problem={run.problem} />
      <ResultPane run={run} onLink={props.onLink} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Run ${definition.name}?`}
        act="Run it"
        onAct={() => void send()}
      >
        It counts as a write: what it does on the server stays done.
      </ConfirmDialog>
    </section>
  );
}

const recordOf = (value: unknown): Record<string, unknown> => (isRecord(value) ? value : {});
