'use client';
import { useInspect } from '#src/components/tools/use-inspect.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Chip } from '#src/components/ui/chip.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import { Glyph } from '#src/components/ui/glyph.tsx';
import { ProblemNote } from '#src/components/ui/problem.tsx';
import { Switch } from '#src/components/ui/switch.tsx';
import { contextCut, promptText, resourceText } from '#src/lib/assistants/context-text.ts';
import type { ServerOffers } from '#src/lib/mcp/mcp-server.ts';
import { visibleText } from '#src/lib/visible-text.ts';

type PromptField = ServerOffers['prompts'][number]['arguments'][number];

/** One resource or prompt: on or off, what a prompt is filled in with, and what a model would be told of it. */
export function ContextRow(props: {
  serverId: string;
  kind: 'resource' | 'prompt';
  /** The resource's address, or the prompt's name. */
  name: string;
  title: string;
  detail: string;
  on: boolean;
  full: boolean;
  readOnly: boolean;
  mayTry: boolean;
  fields: PromptField[];
  values: Record<string, string>;
  onChange: (on: boolean) => void;
  onValues: (values: Record<string, string>) => void;
}) {
  const { kind, name, fields, values } = props;
  const { run, start, cancel } = useInspect(props.serverId);
  const preview = () =>
    void start(
      kind === 'resource' ? { kind: 'read-resource', uri: name } : { kind: 'get-prompt', name, arguments: values },
    );
  const text = run.done?.ok ? (kind === 'resource' ? resourceText : promptText)(run.done.result) : null;
  const lacking = fields.filter((field) => field.required && !values[field.name]);
  return (
    <li className="border-t border-line px-3 py-1.5">
      <div className="grid min-h-[26px] grid-cols-[28px_minmax(0,1fr)_auto_auto] items-center gap-3 phone:grid-cols-[44px_minmax(0,1fr)_auto]">
        <Switch
          checked={props.on}
          disabled={props.readOnly || (props.full && !props.on)}
          label={props.title}
          onChange={props.onChange}
        />
        <span className="min-w-0">
          <span className={`block truncate font-med ${props.on ? '' : 'text-ink-3'}`}>{visibleText(props.title)}</span>
          <span className="block truncate text-sm text-ink-3" title={props.detail}>
            {visibleText(props.detail)}
          </span>
        </span>
        <span className="phone:hidden">
          <Chip>{kind}</Chip>
        </span>
        {props.mayTry &&
          (run.running ? (
            <Button size="sm" onClick={cancel}>
              Stop
            </Button>
          ) : (
            <Button size="sm" disabled={lacking.length > 0} onClick={preview} aria-label={`Preview ${props.title}`}>
              Preview
            </Button>
          ))}
      </div>
      {props.on && fields.length > 0 && (
        <div className="mt-1.5 mb-1 grid grid-cols-2 gap-2 pl-10 phone:grid-cols-1 phone:pl-0">
          {fields.map((field) => (
            <Field
              key={field.name}
              label={<span className="font-mono">{visibleText(field.name)}</span>}
              help={field.description ? visibleText(field.description) : undefined}
              error={field.required && !values[field.name] ? 'Needed: without it the prompt is left out.' : undefined}
            >
              {(control) => (
                <Input
                  {...control}
                  value={values[field.name] ?? ''}
                  maxLength={2_000}
                  readOnly={props.readOnly}
                  autoComplete="off"
                  onChange={(event) => props.onValues(withValue(values, field.name, event.target.value))}
                />
              )}
            </Field>
          ))}
        </div>
      )}
      <div aria-live="polite">
        {run.running && (
          <p className="flex items-center gap-2 py-1 text-sm text-ink-2">
            <Glyph kind="running" /> Asking the server…
          </p>
        )}
        <ProblemNote problem={run.problem} />
        {run.done?.error && <p className="py-1 text-sm text-fail">{visibleText(run.done.error.message)}</p>}
        {run.done?.ok && (
          <pre className="thin-scroll my-1.5 max-h-52 overflow-auto rounded-2 bg-sunken p-2.5 text-[12px] break-words whitespace-pre-wrap">
            {text === null ? 'It has no text, so a model is not told of it.' : visibleText(contextCut(text).text)}
          </pre>
        )}
      </div>
    </li>
  );
}

/** An empty field is no argument. */
function withValue(values: Record<string, string>, name: string, value: string): Record<string, string> {
  const others = Object.fromEntries(Object.entries(values).filter(([key]) => key !== name));
  return value === '' ? others : { ...others, [name]: value };
}
