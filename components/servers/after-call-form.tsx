'use client';
import { useState, useTransition } from 'react';
import { sourceWords, suggestedSource } from '#src/components/servers/after-call-words.ts';
import { toolParameters } from '#src/components/servers/server-tool.ts';
import { useChange } from '#src/components/settings/use-change.ts';
import { Button } from '#src/components/ui/button.tsx';
import { Empty } from '#src/components/ui/empty.tsx';
import { Field, Input, Select } from '#src/components/ui/field.tsx';
import { Note } from '#src/components/ui/note.tsx';
import { toast } from '#src/components/ui/toast-store.ts';
import type { ActionResult } from '#src/lib/action-result.ts';
import { type AfterCallPlan, afterCallSources } from '#src/lib/mcp/after-call-plan.ts';
import type { KnownTool, ListedTool } from '#src/lib/mcp/listed-tool.ts';
import type { ToolDefinition } from '#src/lib/mcp/tool-definition.ts';
import { visibleText } from '#src/lib/visible-text.ts';

type Argument = AfterCallPlan['arguments'][string];
const fixed = 'text';

/** Which tool runs when a call is over, and what of the call goes into each of its arguments. */
export function AfterCallForm(props: {
  plan: AfterCallPlan | null;
  tools: ListedTool[];
  /** The tool of the plan, as its server describes it. */
  planned: ToolDefinition | null;
  readTool: (tool: string) => Promise<ActionResult<KnownTool>>;
  mayWrite: boolean;
  save: (plan: AfterCallPlan | null) => Promise<ActionResult>;
}) {
  const [name, setName] = useState(props.plan?.tool ?? '');
  const [given, setGiven] = useState<AfterCallPlan['arguments']>(props.plan?.arguments ?? {});
  const [definition, setDefinition] = useState(props.planned);
  const [saving, change] = useChange();
  const [reading, startReading] = useTransition();
  if (props.tools.length === 0)
    return <Empty title="No tools">This server lists no tool that could run after a call.</Empty>;
  const tool = props.tools.find((one) => one.definition.name === name);
  const known = definition?.name === name ? definition : null;
  const parameters = known ? toolParameters(known) : [];

  const choose = (next: string) => {
    setName(next);
    if (next === '') return;
    startReading(async () => {
      const read = await props.readTool(next);
      if (!read.ok) {
        setName(name);
        return toast(read.problem.message);
      }
      setDefinition(read.value.definition);
      setGiven(next === props.plan?.tool ? props.plan.arguments : suggestedArguments(read.value.definition));
    });
  };
  const set = (parameter: string, argument: Argument | null) => {
    const { [parameter]: _before, ...rest } = given;
    setGiven(argument === null ? rest : { ...rest, [parameter]: argument });
  };
  // An argument that the tool no longer takes is not sent.
  const kept = () =>
    Object.fromEntries(Object.entries(given).filter(([key]) => parameters.some((one) => one.name === key)));

  return (
    <form
      aria-label="After the call"
      onSubmit={(event) => {
        event.preventDefault();
        change(() => props.save(tool ? { tool: name, arguments: kept() } : null), 'Saved');
      }}
      className="grid max-w-[640px] content-start gap-[15px] px-5 py-3.5 phone:px-4"
    >
      <p className="text-sm text-ink-3">
        Runs once when a call is over, if the assistant may use the tool. The caller never waits for it.
      </p>
      <fieldset disabled={!props.mayWrite} className="grid gap-[15px]">
        <Field label="Tool">
          {(control) => (
            <Select {...control} value={tool ? name : ''} onChange={(event) => choose(event.target.value)}>
              <option value="">None: nothing is sent</option>
              {props.tools.map(({ definition }) => (
                <option key={definition.name} value={definition.name}>
                  {visibleText(definition.name)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {tool && !tool.policy.allowed && (
          <Note tone="write">This tool is not allowed. Allow it under Tools, and choose it for an assistant.</Note>
        )}
        {parameters.map((parameter) => (
          <ArgumentField
            key={parameter.name}
            name={parameter.name}
            help={[parameter.type, parameter.required ? 'required' : null, parameter.description]
              .filter(Boolean)
              .join(' · ')}
            argument={given[parameter.name]}
            onChange={(argument) => set(parameter.name, argument)}
          />
        ))}
      </fieldset>
      {props.mayWrite && (
        <Button
          type="submit"
          kind="primary"
          disabled={saving || reading || (tool && !known)}
          className="justify-self-start"
        >
          {saving ? 'Saving…' : 'Save'}
        </Button>
      )}
    </form>
  );
}

function suggestedArguments(definition: ToolDefinition): AfterCallPlan['arguments'] {
  return Object.fromEntries(
    toolParameters(definition).flatMap(({ name }) => {
      const from = suggestedSource(name);
      return from ? [[name, { from }] as const] : [];
    }),
  );
}

function ArgumentField(props: {
  name: string;
  help: string;
  argument: Argument | undefined;
  onChange: (argument: Argument | null) => void;
}) {
  const { argument, onChange } = props;
  const name = visibleText(props.name);
  const chosen = argument === undefined ? '' : 'from' in argument ? argument.from : fixed;
  const choose = (value: string) => {
    const from = afterCallSources.find((source) => source === value);
    onChange(from ? { from } : value === fixed ? { text: '' } : null);
  };
  return (
    <Field label={<span className="font-mono">{name}</span>} help={visibleText(props.help)}>
      {(control) => (
        <span className="grid grid-cols-2 gap-2">
          <Select {...control} value={chosen} onChange={(event) => choose(event.target.value)}>
            <option value="">Left out</option>
            {afterCallSources.map((source) => (
              <option key={source} value={source}>
                {sourceWords[source]}
              </option>
            ))}
            <option value={fixed}>A fixed text</option>
          </Select>
          {argument && 'text' in argument && (
            <Input
              aria-label={`Text of ${name}`}
              value={argument.text}
              maxLength={8_192}
              onChange={(event) => onChange({ text: event.target.value })}
            />
          )}
        </span>
      )}
    </Field>
  );
}
