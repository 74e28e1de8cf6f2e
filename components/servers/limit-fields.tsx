'use client';
import { Field, Input, Select } from '#src/components/ui/field.tsx';
import { defaultLimits, type McpServer } from '#src/lib/mcp/mcp-server.ts';

/** When a server is used, how fast it has to be, how much it may be asked, and how often its health is looked at. */
export function LimitFields({ server, errors }: { server: McpServer | null; errors: Record<string, string> }) {
  const limits = server?.limits ?? defaultLimits;
  return (
    <details className="rounded-2 border border-line">
      <summary className="px-3 py-2 font-med">Use and limits</summary>
      <div className="grid grid-cols-2 gap-3 px-3 pt-1 pb-3">
        <Field label="Used" className="col-span-2">
          {(control) => (
            <Select {...control} name="phase" defaultValue={server?.phase}>
              <option value="live">During the call</option>
              <option value="after-call">After the call</option>
            </Select>
          )}
        </Field>
        <Field label="Budget of a tool, s" error={errors['limits.latencyBudgetMs']}>
          {(control) => (
            <Input
              {...control}
              name="budget"
              type="number"
              min={0.1}
              max={120}
              step={0.1}
              defaultValue={limits.latencyBudgetMs / 1000}
              className="font-mono"
            />
          )}
        </Field>
        <Field
          label="A tool may take, s"
          error={errors['limits.toolTimeoutMs']}
          help="At most. Empty: as each tool says."
        >
          {(control) => (
            <Input
              {...control}
              name="toolTimeout"
              type="number"
              min={0.1}
              max={120}
              step={0.1}
              defaultValue={limits.toolTimeoutMs == null ? '' : limits.toolTimeoutMs / 1000}
              className="font-mono"
            />
          )}
        </Field>
        <Field label="Checked every, min" error={errors.watchMinutes} help="Empty: never.">
          {(control) => (
            <Input
              {...control}
              name="watch"
              type="number"
              min={1}
              max={1440}
              defaultValue={server ? (server.watchMinutes ?? '') : 15}
              className="font-mono"
            />
          )}
        </Field>
        <Field label="Requests a minute" error={errors['limits.perMinute']} help="Empty: no limit.">
          {(control) => (
            <Input
              {...control}
              name="perMinute"
              type="number"
              min={1}
              defaultValue={limits.perMinute ?? ''}
              className="font-mono"
            />
          )}
        </Field>
        <Field label="Requests at once" error={errors['limits.concurrent']} help="Empty: no limit.">
          {(control) => (
            <Input
              {...control}
              name="concurrent"
              type="number"
              min={1}
              defaultValue={limits.concurrent ?? ''}
              className="font-mono"
            />
          )}
        </Field>
        <Tick
          name="mayInstruct"
          checked={limits.mayInstruct !== false}
          label="Its own instructions are told to the model"
        />
        <Tick
          name="maySpeak"
          checked={limits.maySpeak === true}
          label="The agent may say aloud what it tells by webhook during a call"
        />
        <Tick
          name="keepMessages"
          checked={limits.keepMessages !== false}
          label="The messages of its tool calls are kept with each call"
        />
      </div>
    </details>
  );
}

function Tick(props: { name: string; checked: boolean; label: string }) {
  return (
    <label className="col-span-2 flex items-center gap-2">
      <input type="checkbox" name={props.name} defaultChecked={props.checked} className="size-4 accent-accent" />
      {props.label}
    </label>
  );
}
