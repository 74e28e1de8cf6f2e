'use client';
import { Payload } from '#src/components/evidence/payload.tsx';
import { type ServerTool, toolParameters } from '#src/components/servers/server-tool.ts';
import { Chip, EffectChip } from '#src/components/ui/chip.tsx';
import { Field, Input } from '#src/components/ui/field.tsx';
import type { ToolPolicy } from '#src/lib/mcp/tool-policy.ts';
import { visibleText } from '#src/lib/visible-text.ts';

/** One tool from near: what it says of itself, what it takes, and what the server hints about it. */
export function ToolDetail(props: { tool: ServerTool; mayWrite: boolean; onPolicy: (policy: ToolPolicy) => void }) {
  const { definition, policy, hash } = props.tool;
  const parameters = toolParameters(definition);
  return (
    <div className="grid gap-3.5 px-4 py-3.5">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 flex-1 truncate font-mono font-bold">{visibleText(definition.name)}</h2>
        <EffectChip effect={policy.effect} />
      </div>
      <p className="break-words">
        {visibleText(definition.description ?? 'The server does not say what this tool is for.')}
      </p>
      <section>
        <h3 className="mb-1 text-sm font-med text-ink-2">Parameters</h3>
        {parameters.length === 0 ? (
          <p className="text-sm text-ink-3">None.</p>
        ) : (
          <ul className="divide-y divide-line border-y border-line">
            {parameters.map((parameter) => (
              <li key={parameter.name} className="py-1.5">
                <span className="font-mono text-[12px] font-med">{visibleText(parameter.name)}</span>{' '}
                <span className="text-sm text-ink-3">
                  {visibleText(parameter.type)}
                  {parameter.required ? ', required' : ', optional'}
                </span>
                {parameter.description && <p className="text-sm text-ink-2">{visibleText(parameter.description)}</p>}
              </li>
            ))}
          </ul>
        )}
      </section>
      <Field label="Waits at most" help="Then the caller hears a safe sentence. In seconds.">
        {(control) => (
          <Input
            {...control}
            key={`${definition.name}${policy.timeoutMs}`}
            type="number"
            min={0.1}
            max={120}
            step={0.1}
            disabled={!props.mayWrite}
            defaultValue={policy.timeoutMs / 1000}
            onBlur={(event) => {
              const timeoutMs = Math.round(event.target.valueAsNumber * 1000);
              if (timeoutMs >= 100 && timeoutMs <= 120_000 && timeoutMs !== policy.timeoutMs)
                props.onPolicy({ ...policy, timeoutMs });
            }}
            className="max-w-28 font-mono"
          />
        )}
      </Field>
      <section>
        <h3 className="mb-1 text-sm font-med text-ink-2">Hints from the server</h3>
        <Hints tool={props.tool} />
      </section>
      <Payload title="Definition" value={definition} />
      <p className="truncate text-xs text-ink-3" title={hash}>
        pinned as <span className="mono">{hash.slice(0, 16)}</span>
      </p>
    </div>
  );
}

function Hints({ tool }: { tool: ServerTool }) {
  const hints = tool.definition.annotations;
  const said = [
    hints?.readOnlyHint === true && 'only reads',
    hints?.readOnlyHint === false && 'writes',
    hints?.destructiveHint === true && 'may destroy',
    hints?.idempotentHint === true && 'may be repeated',
    hints?.openWorldHint === true && 'reaches further systems',
  ].filter((one) => one !== false && one !== undefined);
  if (said.length === 0) return <p className="text-sm text-ink-3">None. What counts is what you set here.</p>;
  return (
    <p className="flex flex-wrap gap-1.5">
      {said.map((one) => (
        <Chip key={one}>{one}</Chip>
      ))}
      <span className="text-sm text-ink-3">What counts is what you set here.</span>
    </p>
  );
}
