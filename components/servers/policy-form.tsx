'use client';
import { confirmationWords } from '#src/components/servers/server-tool.ts';
import { Field, Input, Select } from '#src/components/ui/field.tsx';
import { type ToolPolicy, toolPolicySchema } from '#src/lib/mcp/tool-policy.ts';

/** What the operator decides about one tool. Each field saves by itself. */
export function PolicyForm(props: {
  tool: string;
  policy: ToolPolicy;
  mayWrite: boolean;
  onPolicy: (policy: ToolPolicy) => void;
}) {
  const { policy } = props;
  const change = (part: Partial<ToolPolicy>) => props.onPolicy({ ...policy, ...part });
  return (
    <section aria-label="Rules" className="grid grid-cols-2 gap-3 border-b border-line px-4 py-3.5">
      <h3 className="col-span-2 font-bold">Rules</h3>
      <Field label="Effect">
        {(control) => (
          <Select
            {...control}
            value={policy.effect}
            disabled={!props.mayWrite}
            onChange={(event) => change(event.target.value === 'read' ? asRead : asWrite)}
          >
            <option value="read">Read: it only looks</option>
            <option value="write">Write: it changes something</option>
          </Select>
        )}
      </Field>
      <Field label="Asks first">
        {(control) => (
          <Select
            {...control}
            value={policy.confirmation}
            disabled={!props.mayWrite}
            onChange={(event) =>
              change({ confirmation: toolPolicySchema.shape.confirmation.parse(event.target.value) })
            }
          >
            {Object.entries(confirmationWords)
              .filter(([value]) => value === 'never' || value === 'caller' || value === policy.confirmation)
              .map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
          </Select>
        )}
      </Field>
      <Field label="Waits at most, s" help="Then the caller hears a safe sentence.">
        {(control) => (
          <Input
            {...control}
            key={`${props.tool}${policy.timeoutMs}`}
            type="number"
            min={0.1}
            max={120}
            step={0.1}
            disabled={!props.mayWrite}
            defaultValue={policy.timeoutMs / 1000}
            className="font-mono"
            onBlur={(event) => {
              const timeoutMs = Math.round(event.target.valueAsNumber * 1000);
              const next = toolPolicySchema.safeParse({ ...policy, timeoutMs });
              if (!next.success) event.target.value = String(policy.timeoutMs / 1000);
              else if (timeoutMs !== policy.timeoutMs) props.onPolicy(next.data);
            }}
          />
        )}
      </Field>
    </section>
  );
}

/** What only reads need not ask, what writes asks until told otherwise. */
const asRead = { effect: 'read', confirmation: 'never' } as const;
const asWrite = { effect: 'write', confirmation: 'caller' } as const;
